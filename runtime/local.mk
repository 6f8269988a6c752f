runtime_sources += runtime/error.c runtime/tensor.c runtime/pool.c runtime/gemm.c runtime/plan.c \
	runtime/segments.c runtime/ctx.c
runtime_headers += runtime/plexus_rt.h runtime/random.h runtime/internal.h runtime/rt.def
