plexus_sources += compiler/sched/access.c compiler/sched/dump.c compiler/sched/extent.c compiler/sched/gemm.c compiler/sched/inplace.c compiler/sched/kernel.c \
	compiler/sched/layout.c compiler/sched/loops.c compiler/sched/mark.c compiler/sched/memory.c compiler/sched/plan.c \
	compiler/sched/region.c
plexus_headers += compiler/sched/plan.h compiler/sched/sched.h
