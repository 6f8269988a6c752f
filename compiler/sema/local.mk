plexus_sources += \
	compiler/sema/bracket.c \
	compiler/sema/builtin.c \
	compiler/sema/call.c \
	compiler/sema/carry.c \
	compiler/sema/check.c \
	compiler/sema/custom.c \
	compiler/sema/data.c \
	compiler/sema/derive.c \
	compiler/sema/elaborate.c \
	compiler/sema/errors.c \
	compiler/sema/experiment.c \
	compiler/sema/expr.c \
	compiler/sema/fix.c \
	compiler/sema/header.c \
	compiler/sema/imports.c \
	compiler/sema/loop.c \
	compiler/sema/minimize.c \
	compiler/sema/model.c \
	compiler/sema/optimizer.c \
	compiler/sema/random.c \
	compiler/sema/range.c \
	compiler/sema/reduce.c \
	compiler/sema/repeat.c \
	compiler/sema/run.c \
	compiler/sema/scope.c \
	compiler/sema/size.c \
	compiler/sema/step.c \
	compiler/sema/stmt.c \
	compiler/sema/tensor.c \
	compiler/sema/type.c \
	compiler/sema/value.c
plexus_headers += \
	compiler/sema/carry.h \
	compiler/sema/data.h \
	compiler/sema/elaborate.h \
	compiler/sema/experiment.h \
	compiler/sema/header.h \
	compiler/sema/host.h \
	compiler/sema/imports.h \
	compiler/sema/model.h \
	compiler/sema/optimizer.h \
	compiler/sema/sema.h \
	compiler/sema/step.h \
	compiler/sema/stmt.h
