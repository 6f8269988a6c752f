plexus_sources += compiler/syntax/lex.c compiler/syntax/layout.c compiler/syntax/lost.c compiler/syntax/node.c \
	compiler/syntax/report.c compiler/syntax/habit.c compiler/syntax/check.c compiler/syntax/parse.c compiler/syntax/print.c
plexus_headers += compiler/syntax/syntax.h compiler/syntax/syntax.def compiler/syntax/words.def \
	compiler/syntax/token.h compiler/syntax/parse.h compiler/syntax/habit.h
