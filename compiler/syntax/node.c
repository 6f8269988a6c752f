// Makes nodes. Owns the limit on their depth.
#include <string.h>

#include "syntax/parse.h"

void report_too_deep(Parse *p, Span where)
{
    if (p->too_deep || p->layout.stopped)
        return;
    p->too_deep = true;
    Diag *d =
        diag_report(p->diags, DIAG_E0108, where, "this nests more than %d deep", SYN_DEPTH_MOST);
    diag_help(d, "give inner parts names with `let`; a long sum is `sum[k](values[k](…))`");
}

static int depth_of(Syn *const *kid, int nkid)
{
    int most = 0;
    for (int i = 0; i < nkid; i++)
        if (kid[i] && kid[i]->depth > most)
            most = kid[i]->depth;
    return most + 1;
}

Syn *syn_node(Parse *p, SynKind kind, Span where, Span at, Syn *const *kid, int nkid)
{
    Syn *n = ARENA_NEW(p->arena, Syn);
    int  depth = depth_of(kid, nkid);
    *n = (Syn){.kind = kind, .where = where, .at = at, .depth = depth};
    if (depth > SYN_DEPTH_MOST) {
        report_too_deep(p, where);
        n->kind = SYN_ERROR;
        n->depth = 1;
        return n;
    }
    n->nkid = nkid;
    n->kid = ARENA_ARRAY(p->arena, Syn *, nkid ? nkid : 1);
    if (nkid)
        memcpy(n->kid, kid, sizeof *kid * (size_t)nkid);
    return n;
}

Syn *node_named(Parse *p, SynKind kind, Span where, const Token *name)
{
    Syn *n = syn_node(p, kind, where, name->where, NULL, 0);
    n->name = name->name;
    return n;
}

Syn *node_list(Parse *p, SynKind kind, Span where, Span at, Syn *head, const SynList *list)
{
    if (!head)
        return syn_node(p, kind, where, at, list->at, list->n);
    Syn **all = ARENA_ARRAY(p->arena, Syn *, list->n + 1);
    all[0] = head;
    if (list->n)
        memcpy(all + 1, list->at, sizeof *all * (size_t)list->n);
    return syn_node(p, kind, where, at, all, list->n + 1);
}

Syn *node_nothing(Parse *p, Span at) { return syn_node(p, SYN_LIST, at, at, NULL, 0); }

Syn *node_operator(Parse *p, SynKind kind, Span where, Span at, Operator op, Syn *left, Syn *right)
{
    Syn *n = syn_node(p, kind, where, at, (Syn *[]){left, right}, right ? 2 : 1);
    n->op = op;
    return n;
}

Syn *node_parens(Parse *p, Span where, Span at, const SynList *list, bool comma)
{
    bool single = list->n == 1 && !comma && list->at[0]->kind != SYN_NAMED &&
                  list->at[0]->kind != SYN_DEFAULT;
    Syn *n = node_list(p, single ? SYN_PAREN : SYN_TUPLE, where, at, NULL, list);
    n->i = comma && list->n == 1;
    return n;
}

// A key that is no plain name is kept as a tree too, and as text without spaces: `layer.mlp`.
static Name key_text(Parse *p, const Syn *key)
{
    Buf b = {0};
    syntax_print(key, &b);
    Name n = name_intern(p->names, b.at ? b.at : "", b.n);
    buf_free(&b);
    return n;
}

Syn *node_pair(Parse *p, Span where, Syn *key, Syn *value)
{
    bool plain = key->kind == SYN_NAME;
    Syn *n = syn_node(p, SYN_NAMED, where, key->where, (Syn *[]){value, key}, plain ? 1 : 2);
    if (plain)
        n->name = key->name;
    else
        n->key = key_text(p, key);
    return n;
}

Syn *node_lambda(Parse *p, Span where, Span at, Syn *left, Syn *body)
{
    Syn *n = syn_node(p, SYN_LAMBDA, where, at, (Syn *[]){left, body}, 2);
    if (left->kind == SYN_NAME || left->kind == SYN_PAREN || left->kind == SYN_TUPLE ||
        left->kind == SYN_ERROR)
        return n;
    Diag *d = diag_report(p->diags, DIAG_E0104, left->where,
                          "expected the parameters of a function before `=>`");
    diag_help(d, "write `(x, y) => …`");
    n->kind = SYN_ERROR;
    return n;
}

Syn *node_declare(Parse *p, SynKind kind, Span where, const Token *first, const Token *name,
                  Syn *const *kid, int nkid)
{
    Syn *n = syn_node(p, kind, where, name->where, kid, nkid);
    n->name = name->name;
    n->text = first ? first->doc : NULL;
    return n;
}

Syn *node_broken(Parse *p, Span where, const Token *name)
{
    Syn *n = syn_node(p, SYN_ERROR, where, name ? name->where : where, NULL, 0);
    n->name = name ? name->name : NULL;
    return n;
}

SynList *list_new(Parse *p) { return ARENA_NEW(p->arena, SynList); }

SynList *list_add(Parse *p, SynList *l, Syn *n)
{
    vec_push(p->arena, l, n);
    return l;
}
