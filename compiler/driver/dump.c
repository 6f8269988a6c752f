// plexus dump: the program after a pass, as text.
#include <stdio.h>
#include <string.h>

#include "driver/session.h"
#include "emit/emit.h"
#include "opt/opt.h"
#include "sched/sched.h"
#include "sema/elaborate.h"

typedef bool DumpFn(Session *s, Module *m, const char *block, Buf *out);

static bool dump_parse(Session *s, Module *m, const char *block, Buf *out)
{
    (void)s;
    (void)block;
    syntax_dump(m->tree, out);
    return true;
}

static bool dump_check(Session *s, Module *m, const char *block, Buf *out)
{
    Func     *f = session_find(s, m, block);
    Contract *c = f ? contract_of(s->sema, f) : NULL;
    if (c && c->program)
        program_print(c->program, out);
    else if (c)
        diag_report(s->diags, DIAG_E0901, f->decl->at, "a template is checked at each use: there is no program of `%s` alone", block);
    return c && c->program;
}

static bool dump_elaborate(Session *s, Module *m, const char *block, Buf *out)
{
    Program *p = elaborate(s->sema, m, block);
    if (p)
        program_print(program_live(p), out);
    return p != NULL;
}

static bool dump_simplify(Session *s, Module *m, const char *block, Buf *out)
{
    Program *p = elaborate(s->sema, m, block);
    if (p)
        program_print(opt_simplify(p), out);
    return p != NULL;
}

static bool dump_schedule(Session *s, Module *m, const char *block, Buf *out)
{
    Program *p = elaborate(s->sema, m, block);
    if (p)
        sched_dump(sched_plan(opt_simplify(p), s->apart), out);
    return p != NULL;
}

static bool dump_llvm(Session *s, Module *m, const char *block, Buf *out)
{
    Program *p = elaborate(s->sema, m, block);
    StepOptions how = {.apart = s->apart};
    return p && emit_ir_text(opt_simplify(p), "plexus_step", &how, s->diags, out);
}

static const struct {
    const char *pass;
    DumpFn     *dump;
    bool        block;   // is about one block
} table[] = {
    {"parse", dump_parse, false},       {"check", dump_check, true},       {"elaborate", dump_elaborate, true},
    {"simplify", dump_simplify, true}, {"schedule", dump_schedule, true}, {"llvm", dump_llvm, true},
};

int command_dump(const Options *o)
{
    Session s;
    Buf     b = {0};
    size_t  k = 0, n = sizeof table / sizeof *table;
    while (k < n && (!o->after || strcmp(table[k].pass, o->after) != 0))
        k++;
    if (k == n || (table[k].block && o->nwords < 2)) {
        fprintf(stderr, k == n ? "plexus dump: --after takes parse, check, elaborate, simplify, schedule or llvm\n"
                               : "plexus dump: say which block: plexus dump FILE BLOCK --after %s\n", o->after ? o->after : "");
        return EXIT_USAGE;
    }
    session_begin(&s, o);
    Module *m = session_load(&s, o->word[0]);
    if (m && table[k].dump(&s, m, o->nwords > 1 ? o->word[1] : NULL, &b) && b.n)
        fputs(b.at, stdout);
    buf_free(&b);
    return session_end(&s);
}
