plexus_sources += compiler/interp/eval.c compiler/interp/interp.c compiler/interp/scalar.c \
	compiler/interp/walk.c
plexus_headers += compiler/interp/eval.h compiler/interp/interp.h compiler/interp/scalar.h \
	compiler/interp/walk.h
