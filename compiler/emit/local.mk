plexus_sources += \
	compiler/emit/access.c \
	compiler/emit/bounds.c \
	compiler/emit/calls.c \
	compiler/emit/control.c \
	compiler/emit/driver.c \
	compiler/emit/eval.c \
	compiler/emit/extent.c \
	compiler/emit/jit.c \
	compiler/emit/kernel.c \
	compiler/emit/module.c \
	compiler/emit/narrow.c \
	compiler/emit/op.c \
	compiler/emit/value.c \
	compiler/emit/vmath.c
plexus_headers += \
	compiler/emit/code.h \
	compiler/emit/driver.h \
	compiler/emit/emit.h \
	compiler/emit/module.h \
	compiler/emit/vmath.h
