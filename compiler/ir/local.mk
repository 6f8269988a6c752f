plexus_sources += \
	compiler/ir/builder.c \
	compiler/ir/complex.c \
	compiler/ir/constant.c \
	compiler/ir/copy.c \
	compiler/ir/fold.c \
	compiler/ir/guard.c \
	compiler/ir/library.c \
	compiler/ir/lower.c \
	compiler/ir/implies.c \
	compiler/ir/made.c \
	compiler/ir/op.c \
	compiler/ir/order.c \
	compiler/ir/print.c \
	compiler/ir/read.c \
	compiler/ir/regions.c \
	compiler/ir/type.c \
	compiler/ir/under.c \
	compiler/ir/verify.c
plexus_headers += \
	compiler/ir/complex.h \
	compiler/ir/fold.h \
	compiler/ir/ir.h \
	compiler/ir/library.def \
	compiler/ir/library.h \
	compiler/ir/lower.h \
	compiler/ir/ops.def \
	compiler/ir/region.h \
	compiler/ir/rule.h \
	compiler/ir/text.h
