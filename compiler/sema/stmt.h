// Statements, shared by bodies and experiments.
#ifndef PLX_SEMA_STMT_H
#define PLX_SEMA_STMT_H

#include "sema/sema.h"

// One statement; the value of an expression, else V_NONE.
Value *exec_statement(Sema *s, Syn *n);
// A variable's value with the place of its use.
Value *entry_read(Sema *s, const Entry *e, Span where);
// What a variable holds once `new` is assigned where `old` was: its type stays.
Value *assigned(Sema *s, Value *old, Value *new, Syn *n);
// v as the written type of the `let` n has it, if one is written.
Value *let_typed(Sema *s, Syn *n, Value *v);
// What a comparison of sizes says when it holds, or when it does not: learned as facts, until s->facts.n is put back.
void   assume(Sema *s, Syn *n, bool holds);
// Names for a value, or for the parts of a record.
void   bind_pattern(Sema *s, Syn *pattern, Value *v, bool variable);
// `root` with the field at the path of `target` (a.b.c) replaced by v.
Value *value_with_path(Sema *s, Value *root, Syn *target, Value *v);
// The statements of a body from number `first` on; the same where the scalar bool c holds (branch.c).
Value *statements_from(Sema *s, Syn *body, int first);
Value *statements_where(Sema *s, Value *c, Syn *body, int first);
Value *exec_assign(Sema *s, Syn *n);  // assign.c
Value *exec_expect(Sema *s, Syn *n);  // experiment.c
Value *exec_state(Sema *s, Syn *n);   // optimizer.c
Value *exec_given(Sema *s, Syn *n);

#endif
