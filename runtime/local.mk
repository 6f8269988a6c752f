runtime_sources += \
	runtime/array.c \
	runtime/blas.c \
	runtime/csv.c \
	runtime/ctx.c \
	runtime/error.c \
	runtime/events.c \
	runtime/fft.c \
	runtime/formula.c \
	runtime/gemm.c \
	runtime/half.c \
	runtime/lapack.c \
	runtime/library.c \
	runtime/load.c \
	runtime/log.c \
	runtime/model.c \
	runtime/npy.c \
	runtime/number.c \
	runtime/output.c \
	runtime/pixels.c \
	runtime/plan.c \
	runtime/plot.c \
	runtime/png.c \
	runtime/pool.c \
	runtime/safetensors.c \
	runtime/save.c \
	runtime/segments.c \
	runtime/sort.c \
	runtime/special.c \
	runtime/stream.c \
	runtime/tensor.c
runtime_headers += \
	runtime/array.h \
	runtime/csv.h \
	runtime/formula.h \
	runtime/half.h \
	runtime/internal.h \
	runtime/lapack.h \
	runtime/number.h \
	runtime/output.h \
	runtime/plexus_main.h \
	runtime/plexus_rt.h \
	runtime/plot.h \
	runtime/random.h \
	runtime/rt.def \
	runtime/stream.h
