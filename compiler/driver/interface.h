// What a built program looks like from C: its tensors, the sizes that it leaves open, and how they are found.
#ifndef PLX_DRIVER_INTERFACE_H
#define PLX_DRIVER_INTERFACE_H

#include "driver/session.h"
#include "sema/elaborate.h"

typedef struct {
    const char *name;
    Elem        elem;
    int         rank;
    Axis      **order;
    const Axis *below;   // its elements are positions along this axis; or NULL
    const char *c;       // of an argument or result: its name in C, cfile_names
} Port;

typedef struct {
    SizeVar *var;
    bool     state;      // known once the state is there
    bool     given;      // no tensor tells it
} OpenSize;

typedef struct {
    SizeVar    *var;
    const Size *size;    // over open sizes and those that were given
    const char *from;
} Solution;

typedef VEC(Port) Ports;
typedef VEC(Solution) Solutions;

typedef struct {
    const char    *name;         // of the functions
    bool           takes_turn, is_step;
    const Program *first, *run;  // simplified, with nothing that is not needed; first: NULL when there is no state
    Ports          state, in, out;
    VEC(int) change;             // the states that the outputs behind the results replace
    VEC(OpenSize) open;
    Solutions      load, solve;  // from the sizes of the state, and of the arguments
    VEC(Precondition) need;
    VEC(SizeVar *) given;        // stands for each size that is given: of the state's tensors or of the arguments
    VEC(int) first_size, run_size;
} Interface;

// False: reported.
bool interface_of(Session *s, const Built *built, Interface *out);
int  interface_open(const Interface *f, const SizeVar *v);   // its number, or -1
// Has the program an input of that name?
bool interface_takes(const Program *p, const char *name);
// Can a run fail when some of its outputs are written already?
bool interface_may_fail(const Program *p);
// Has it fixed points that are counted?
bool interface_counts(const Interface *f);

#endif
