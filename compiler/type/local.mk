plexus_sources += \
	compiler/type/axis.c \
	compiler/type/cases.c \
	compiler/type/decide.c \
	compiler/type/elem.c \
	compiler/type/facts.c \
	compiler/type/number.c \
	compiler/type/poly.c \
	compiler/type/prove.c \
	compiler/type/rational.c \
	compiler/type/refute.c \
	compiler/type/related.c \
	compiler/type/simplex.c \
	compiler/type/size.c
plexus_headers += \
	compiler/type/axis.h \
	compiler/type/elem.def \
	compiler/type/elem.h \
	compiler/type/facts.h \
	compiler/type/known.h \
	compiler/type/question.h \
	compiler/type/rational.h \
	compiler/type/simplex.h \
	compiler/type/size.h
