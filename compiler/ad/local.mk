plexus_sources += \
	compiler/ad/fix.c \
	compiler/ad/jvp.c \
	compiler/ad/linear.c \
	compiler/ad/loop.c \
	compiler/ad/matrix.c \
	compiler/ad/run.c \
	compiler/ad/special.c \
	compiler/ad/segment.c \
	compiler/ad/transpose.c
plexus_headers += \
	compiler/ad/ad.h \
	compiler/ad/linear.h \
	compiler/ad/rules.h
