// The lexer, by re2c: characters to raw tokens. Words stay names here; syntax/layout.c knows them
// apart.
#include <string.h>

#include "grammar/parser.h"
#include "syntax/token.h"

static void put(Lexer *l, Token *t, int kind, const char *begin, const char *end)
{
    t->kind = kind;
    t->where = (Span){l->file, (int32_t)(begin - l->text), (int32_t)(end - l->text)};
    t->first = l->newline;
    t->margin = begin == l->text || begin[-1] == '\n';
    if (l->doc.n) {
        t->doc = arena_strndup(l->arena, l->doc.at, l->doc.n);
        l->doc.n = 0;
    }
    l->newline = false;
    l->last = kind;
    l->at = end;
}

static void set_name(Lexer *l, Token *t, const char *begin, const char *end)
{
    t->name = name_intern(l->names, begin, (size_t)(end - begin));
}

// Behind a `.` digits are a name: `layer.0.w`, not `0.0`.
static bool digits_as_field(Lexer *l, Token *t)
{
    const char *end = l->at;
    while (*end >= '0' && *end <= '9')
        end++;
    if (l->last != TOK_DOT || end == l->at)
        return false;
    set_name(l, t, l->at, end);
    put(l, t, TOK_NAME, l->at, end);
    return true;
}

void lexer_next(Lexer *l, Token *out)
{
    const char *at = l->at, *marker, *begin;
    *out = (Token){0};
    if (digits_as_field(l, out))
        return;
#define TOKEN(kind) do { put(l, out, TOK_##kind, begin, at); return; } while (0)
again:
    begin = at;
    /*!re2c
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYCURSOR = at;
        re2c:define:YYMARKER = marker;
        re2c:yyfill:enable = 0;

        digits  = [0-9] [0-9_]*;
        letter  = [A-Za-z_];
        word    = letter [A-Za-z0-9_]*;
        line    = [^\n\x00]*;
        escaped = [\\] [^\n\x00];
        chars   = ([^"\\\n\x00] | escaped)*;

        [\x00]            { at = begin; TOKEN(END); }
        [ \t\r]+          { goto again; }
        "\n"              { l->newline = true; goto again; }
        "////" line       { goto again; }
        "///" line        { lexer_document(l, begin, at); goto again; }
        "//" line         { lexer_comment(l, begin, at); goto again; }

        word              { set_name(l, out, begin, at); TOKEN(NAME); }
        word "'"          { set_name(l, out, begin, at - 1); TOKEN(TWIN); }
        word "'" "'"+     { set_name(l, out, begin, lexer_twin_of_twin(l, begin, at)); TOKEN(TWIN); }
        digits            { put(l, out, TOK_INT, begin, at); lexer_number(l, out); return; }
        digits ("." digits)? ([eE] [+-]? digits)?
                          { put(l, out, TOK_REAL, begin, at); lexer_number(l, out); return; }
        digits [A-Za-z_] [A-Za-z0-9_]*
                          { put(l, out, TOK_INT, begin, at); lexer_number(l, out); return; }
        digits "." / [^0-9A-Za-z_.]
                          { put(l, out, TOK_REAL, begin, at); lexer_number(l, out); return; }
        ["] chars ["]     { out->text = lexer_unescape(l, begin + 1, at - 1); TOKEN(STRING); }
        ['] [^'\n\x00]* [']  { lexer_single_quotes(l, begin, at); out->text = ""; TOKEN(STRING); }
        ["] chars [\\]?   {
            lexer_open_string(l, begin, at);
            out->text = "";
            TOKEN(STRING);
        }

        "("  { TOKEN(LPAREN); }     ")"  { TOKEN(RPAREN); }
        "["  { TOKEN(LBRACKET); }   "]"  { TOKEN(RBRACKET); }
        "{"  { TOKEN(LBRACE); }     "}"  { TOKEN(RBRACE); }
        ","  { TOKEN(COMMA); }      ";"  { TOKEN(SEP); }
        ":"  { TOKEN(COLON); }      "."  { TOKEN(DOT); }
        ".." { TOKEN(DOTDOT); }     "..." { TOKEN(ELLIPSIS); }
        "->" { TOKEN(ARROW); }      "=>" { TOKEN(FATARROW); }
        "|>" { TOKEN(PIPE); }       "@"  { TOKEN(AT); }
        "#"  { TOKEN(HASH); }       "^"  { TOKEN(CARET); }
        "+"  { TOKEN(PLUS); }       "-"  { TOKEN(MINUS); }
        "*"  { TOKEN(STAR); }       "/"  { TOKEN(SLASH); }
        "=="  { TOKEN(EQ); }        "!=" { TOKEN(NE); }
        "<"  { TOKEN(LT); }         "<=" { TOKEN(LE); }
        ">"  { TOKEN(GT); }         ">=" { TOKEN(GE); }
        "="  { TOKEN(SET); }        "+=" { TOKEN(ADD_SET); }
        "-=" { TOKEN(SUB_SET); }    "*=" { TOKEN(MUL_SET); }
        "/=" { TOKEN(DIV_SET); }

        "**" | "&&" | "||" | "/*" | [\x80-\xff]+ | [^]
             { put(l, out, lexer_foreign(l, begin, at), begin, at); return; }
    */
#undef TOKEN
}
