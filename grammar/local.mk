# Lexer and parser are generated into the build folder; grammar/parser.h must be there before
# anything is compiled.
plexus_generated += grammar/parser.c grammar/lexer.c
BUILT_SOURCES += grammar/parser.h
CLEANFILES += grammar/parser.c grammar/parser.h grammar/lexer.c
EXTRA_DIST += grammar/parser.y grammar/lexer.re

grammar/parser.c: $(top_srcdir)/grammar/parser.y
	$(AM_V_GEN)$(MKDIR_P) grammar && \
	$(BISON) -Wall -Werror --output=grammar/parser.c --header=grammar/parser.h \
		$(top_srcdir)/grammar/parser.y

grammar/parser.h: grammar/parser.c

grammar/lexer.c: $(top_srcdir)/grammar/lexer.re
	$(AM_V_GEN)$(MKDIR_P) grammar && \
	$(RE2C) -W -Werror -o grammar/lexer.c $(top_srcdir)/grammar/lexer.re
