// The grammar: LALR(1), reentrant, without a conflict. Types, parameters, record keys and bracket
// items are expressions here; what they are is decided when names are resolved.
%define api.pure full
%define api.prefix {plx_yy}
%define api.token.prefix {TOK_}
%define api.location.type {Span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { Parse *p }

%code requires {
#include "syntax/parse.h"
}

%union {
    Token    token;
    Syn     *syn;
    SynList *list;
    Operator op;
}

%code provides {
int plx_yylex(PLX_YYSTYPE *value, Span *where, Parse *p);
}

%code {
// The parser's own stack, in entries; each level of nesting takes some.
#define YYMAXDEPTH 20000

#define YYLLOC_DEFAULT(Current, Rhs, N)                                                            \
    ((Current) = (N) ? span_join(YYRHSLOC(Rhs, 1), YYRHSLOC(Rhs, N))                               \
                     : (Span){YYRHSLOC(Rhs, 0).file, YYRHSLOC(Rhs, 0).end, YYRHSLOC(Rhs, 0).end})

// Behind an error: the token that did not fit goes with the rest of its statement, unless it ends it.
#define RECOVER                                                                                    \
    do {                                                                                           \
        yyerrok;                                                                                   \
        if (p->layout.skip_to >= 0)                                                                \
            yyclearin;                                                                             \
        else if (parse_stuck(p))                                                                   \
            YYABORT;                                                                               \
    } while (0)

static void plx_yyerror(const Span *where, Parse *p, const char *message);
}

%initial-action { @$ = (Span){p->file, 0, 0}; }

%token END 0 "the end of the file"
%token SEP "the end of the line"
%token BAD "a character that the language does not have"
%token <token> NAME "a name"
%token <token> TWIN "a twin"
%token <token> INT "a number"
%token <token> REAL "a real number"
%token <token> STRING "a string"
%token LPAREN "`(`" RPAREN "`)`" LBRACKET "`[`" RBRACKET "`]`"
%token LBRACE "`{`" RBRACE "`}`"
%token COMMA "`,`" COLON "`:`" DOT "`.`" DOTDOT "`..`" ELLIPSIS "`...`"
%token ARROW "`->`" FATARROW "`=>`"
%token PIPE "`|>`" AT "`@`" HASH "`#`" CARET "`^`" PLUS "`+`" MINUS "`-`" STAR "`*`" SLASH "`/`"
%token EQ "`==`" NE "`!=`" LT "`<`" LE "`<=`" GT "`>`" GE "`>=`"
%token SET "`=`" ADD_SET "`+=`" SUB_SET "`-=`" MUL_SET "`*=`" DIV_SET "`/=`"
%token IF "`if`" THEN "`then`" ELSE "`else`" AND "`and`" OR "`or`" NOT "`not`" DIV "`div`" MOD "`mod`"
%token LET "`let`" VAR "`var`" YIELD "`yield`" BREAK "`break`"
%token REQUIRE "`require`" EXPECT "`expect`"
%token FOR "`for`" WHILE "`while`" REPEAT "`repeat`" FIX "`fix`" CHECKPOINT "`checkpoint`"
%token MINIMIZE "`minimize`" TRACE "`trace`" BLOCK_TYPE "`block` as a type"
%token IN "`in`" AS "`as`" WITH "`with`" EXCEPT "`except`" WHERE "`where`"
%token OVER "`over`" USING "`using`"
%token FROM "`from`" WITHIN "`within`" AT_MOST "`at most`"
%token GIVEN "`given`"
%token <token> PARAM "`param`" BUFFER "`buffer`" STATE "`state`"
%token <token> AXIS "`axis`" TYPE "`type`" USE "`use`" TEST "`test`"
%token <token> FN "`fn`" BLOCK "`block`"
%token <token> EXPERIMENT "`experiment`" OPTIMIZER "`optimizer`"
// An `else` behind `fix … from …` belongs to the `fix`.
%precedence NO_ELSE
%precedence ELSE

%type <list> seq list args arg_list items item_list names axis_items
%type <syn> body stmt open_if pattern type_opt value_opt message_opt bracket_opt params result_opt
%type <syn> declaration bracket axis_item arg item side guarded branch within_opt at_most_opt
%type <syn> expr pipe named or and not cmp range add mul unary power exponent atom model
%type <syn> postfix primary
%type <op> set compare
%type <token> leaf_kind function_word

%%

file: seq { p->root = node_list(p, SYN_FILE, @$, @$, NULL, $1); }
    ;

seq: %empty { $$ = list_new(p); }
   | list
   ;

// What does not fit takes the place of its statement; those before it stay.
list: SEP           { $$ = list_new(p); }
    | stmt          { $$ = list_add(p, list_new(p), $1); }
    | SEP stmt      { $$ = list_add(p, list_new(p), $2); }
    | error         { RECOVER; $$ = list_add(p, list_new(p), node_broken(p, @1, NULL)); }
    | list SEP      { $$ = $1; }
    | list SEP stmt { $$ = list_add(p, $1, $3); }
    | list error    { RECOVER; $$ = list_add(p, $1, node_broken(p, @2, NULL)); }
    ;

body: LBRACE seq RBRACE { $$ = node_list(p, SYN_BODY, @$, @1, NULL, $2); }
    ;

// ---- statements ----

stmt: expr
    | expr set expr { $$ = node_operator(p, SYN_ASSIGN, @$, @2, $2, $1, $3); }
    | LET pattern type_opt SET expr { $$ = syn_node(p, SYN_LET, @$, @2, KIDS($2, $3, $5)); }
    | VAR pattern type_opt SET expr { $$ = syn_node(p, SYN_VAR, @$, @2, KIDS($2, $3, $5)); }
    | LET pattern error
    {
        RECOVER;
        $$ = syn_node(p, SYN_LET, @$, @2, KIDS($2, NULL, node_broken(p, @3, NULL)));
    }
    | VAR pattern error
    {
        RECOVER;
        $$ = syn_node(p, SYN_VAR, @$, @2, KIDS($2, NULL, node_broken(p, @3, NULL)));
    }
    | YIELD expr { $$ = syn_node(p, SYN_YIELD, @$, @1, KIDS($2)); }
    | BREAK { $$ = syn_node(p, SYN_BREAK, @$, @1, NULL, 0); }
    | REQUIRE expr message_opt { $$ = syn_node(p, SYN_REQUIRE, @$, @1, KIDS($2, $3)); }
    | EXPECT expr message_opt { $$ = syn_node(p, SYN_EXPECT, @$, @1, KIDS($2, $3)); }
    | open_if
    | declaration
    ;

set: SET     { $$ = OPR_SET; }
   | ADD_SET { $$ = OPR_ADD_SET; }
   | SUB_SET { $$ = OPR_SUB_SET; }
   | MUL_SET { $$ = OPR_MUL_SET; }
   | DIV_SET { $$ = OPR_DIV_SET; }
   ;

pattern: NAME { $$ = node_named(p, SYN_NAME, @$, &$1); }
       | LPAREN names RPAREN { $$ = node_list(p, SYN_TUPLE, @$, @1, NULL, $2); }
       ;

names: pattern { $$ = list_add(p, list_new(p), $1); }
     | names COMMA pattern { $$ = list_add(p, $1, $3); }
     ;

type_opt: %empty { $$ = NULL; }
        | COLON expr { $$ = $2; }
        ;

value_opt: %empty { $$ = NULL; }
         | SET expr { $$ = $2; }
         ;

message_opt: %empty { $$ = NULL; }
           | COMMA expr { $$ = $2; }
           ;

// Without a last `else`: a statement only.
open_if: IF expr body { $$ = syn_node(p, SYN_IF, @$, @1, KIDS($2, $3, NULL)); }
       | IF expr body ELSE open_if { $$ = syn_node(p, SYN_IF, @$, @1, KIDS($2, $3, $5)); }
       ;

// ---- declarations ----

declaration: leaf_kind NAME COLON expr value_opt
    {
        $$ = node_declare(p, (SynKind)$1.kind, @$, &$1, &$2, KIDS($4, $5));
    }
    | leaf_kind NAME error { RECOVER; $$ = node_broken(p, @$, &$2); }
    | GIVEN NAME SET expr { $$ = node_declare(p, SYN_GIVEN, @$, NULL, &$2, KIDS($4)); }
    | GIVEN NAME error { RECOVER; $$ = node_broken(p, @$, &$2); }
    | AXIS axis_items { $$ = node_list(p, SYN_AXIS, @$, @1, NULL, $2); $$->text = $1.doc; }
    | TYPE NAME SET expr { $$ = node_declare(p, SYN_TYPE, @$, &$1, &$2, KIDS($4)); }
    | TYPE NAME error { RECOVER; $$ = node_broken(p, @$, &$2); }
    | USE NAME { $$ = node_declare(p, SYN_USE, @$, &$1, &$2, NULL, 0); }
    | USE NAME AS NAME { $$ = node_declare(p, SYN_USE, @$, &$1, &$2, NULL, 0); $$->key = $4.name; }
    | TEST STRING body { $$ = syn_node(p, SYN_TEST, @$, @2, KIDS($3)); $$->text = $2.text; }
    | function_word NAME bracket_opt params result_opt body
    {
        $$ = node_declare(p, (SynKind)$1.kind, @$, &$1, &$2, KIDS($3, $4, $5, $6));
    }
    | function_word NAME error { RECOVER; $$ = node_broken(p, @$, &$2); }
    | OPTIMIZER NAME params bracket params result_opt body
    {
        $$ = node_declare(p, SYN_OPTIMIZER, @$, &$1, &$2, KIDS($3, $4, $5, $6, $7));
    }
    | OPTIMIZER NAME bracket params result_opt body
    {
        $$ = node_declare(p, SYN_OPTIMIZER, @$, &$1, &$2, KIDS(NULL, $3, $4, $5, $6));
    }
    | OPTIMIZER NAME error { RECOVER; $$ = node_broken(p, @$, &$2); }
    ;

leaf_kind: PARAM  { $$ = $1; $$.kind = SYN_PARAM; }
         | BUFFER { $$ = $1; $$.kind = SYN_BUFFER; }
         | STATE  { $$ = $1; $$.kind = SYN_STATE; }
         ;

function_word: FN         { $$ = $1; $$.kind = SYN_FN; }
             | BLOCK      { $$ = $1; $$.kind = SYN_BLOCK; }
             | EXPERIMENT { $$ = $1; $$.kind = SYN_EXPERIMENT; }
             ;

axis_items: axis_item { $$ = list_add(p, list_new(p), $1); }
          | axis_items COMMA axis_item { $$ = list_add(p, $1, $3); }
          ;

axis_item: NAME { $$ = node_named(p, SYN_NAME, @$, &$1); }
         | NAME SET expr
         {
             $$ = syn_node(p, SYN_DEFAULT, @$, @2, KIDS(node_named(p, SYN_NAME, @1, &$1), $3));
         }
         | NAME LE expr
         {
             $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_LE, node_named(p, SYN_NAME, @1, &$1), $3);
         }
         ;

bracket_opt: %empty { $$ = NULL; }
           | bracket
           ;

bracket: LBRACKET items RBRACKET { $$ = node_list(p, SYN_AXES, @$, @1, NULL, $2); }
       ;

params: LPAREN args RPAREN { $$ = node_list(p, SYN_TUPLE, @$, @1, NULL, $2); }
      ;

result_opt: %empty { $$ = NULL; }
          | ARROW expr { $$ = $2; }
          ;

// ---- what stands in parentheses and brackets ----

args: %empty { $$ = list_new(p); }
    | arg_list
    | arg_list COMMA
    ;

arg_list: arg { $$ = list_add(p, list_new(p), $1); }
        | arg_list COMMA arg { $$ = list_add(p, $1, $3); }
        ;

arg: expr
   | expr COLON expr { $$ = node_pair(p, @$, $1, $3); }
   | expr SET expr { $$ = syn_node(p, SYN_DEFAULT, @$, @2, KIDS($1, $3)); }
   | expr COLON expr SET expr
   {
       $$ = syn_node(p, SYN_DEFAULT, @$, @4, KIDS(node_pair(p, span_join(@1, @3), $1, $3), $5));
   }
   ;

items: %empty { $$ = list_new(p); }
     | item_list
     | item_list COMMA
     ;

item_list: item { $$ = list_add(p, list_new(p), $1); }
         | item_list COMMA item { $$ = list_add(p, $1, $3); }
         ;

item: side
    | side ARROW side { $$ = syn_node(p, SYN_ARROW, @$, @2, KIDS($1, $3)); }
    | side ARROW { $$ = syn_node(p, SYN_ARROW, @$, @2, KIDS($1, node_nothing(p, @2))); }  // an empty pack
    | ARROW side { $$ = syn_node(p, SYN_ARROW, @$, @1, KIDS(node_nothing(p, @1), $2)); }
    ;

side: guarded
    | expr COLON guarded { $$ = node_pair(p, @$, $1, $3); }
    | expr SET expr { $$ = syn_node(p, SYN_DEFAULT, @$, @2, KIDS($1, $3)); }
    | expr COLON expr SET expr
    {
        $$ = syn_node(p, SYN_DEFAULT, @$, @4, KIDS(node_pair(p, span_join(@1, @3), $1, $3), $5));
    }
    | PLUS postfix { $$ = syn_node(p, SYN_PLUS_AXIS, @$, @1, KIDS($2)); }
    | DOTDOT { $$ = syn_node(p, SYN_REST, @$, @$, NULL, 0); }
    ;

guarded: expr
       | expr WHERE expr { $$ = syn_node(p, SYN_WHERE, @$, @2, KIDS($1, $3)); }
       | expr ELSE expr { $$ = syn_node(p, SYN_ELSE, @$, @2, KIDS($1, $3)); }
       | expr WHERE expr ELSE expr
       {
           Syn *where = syn_node(p, SYN_WHERE, span_join(@1, @3), @2, KIDS($1, $3));
           $$ = syn_node(p, SYN_ELSE, @$, @4, KIDS(where, $5));
       }
       ;

// ---- expressions ----

branch: expr
      | body
      ;

expr: pipe
    | pipe FATARROW branch { $$ = node_lambda(p, @$, @2, $1, $3); }
    | IF expr THEN branch ELSE branch { $$ = syn_node(p, SYN_IF, @$, @1, KIDS($2, $4, $6)); }
    | IF expr body ELSE branch { $$ = syn_node(p, SYN_IF, @$, @1, KIDS($2, $3, $5)); }
    | FOR NAME IN expr body
    {
        $$ = syn_node(p, SYN_FOR, @$, @2, KIDS($4, $5));
        $$->name = $2.name;
    }
    | REPEAT NAME IN expr body
    {
        $$ = syn_node(p, SYN_REPEAT, @$, @2, KIDS($4, $5));
        $$->name = $2.name;
    }
    | WHILE expr body { $$ = syn_node(p, SYN_WHILE, @$, @1, KIDS($2, $3)); }
    | FIX NAME SET expr FROM pipe within_opt at_most_opt %prec NO_ELSE
    {
        $$ = syn_node(p, SYN_FIX, @$, @2, KIDS($4, $6, $7, $8, NULL));
        $$->name = $2.name;
    }
    | FIX NAME SET expr FROM pipe within_opt at_most_opt ELSE expr
    {
        $$ = syn_node(p, SYN_FIX, @$, @2, KIDS($4, $6, $7, $8, $10));
        $$->name = $2.name;
    }
    | MINIMIZE branch OVER expr USING expr
    {
        $$ = syn_node(p, SYN_MINIMIZE, @$, @1, KIDS($2, $4, $6));
    }
    | TRACE expr { $$ = syn_node(p, SYN_TRACE, @$, @1, KIDS($2)); }
    ;

within_opt: %empty { $$ = NULL; }
          | WITHIN pipe { $$ = $2; }
          ;

at_most_opt: %empty { $$ = NULL; }
           | AT_MOST pipe { $$ = $2; }
           ;

pipe: named
    | pipe PIPE named { $$ = syn_node(p, SYN_PIPE, @$, @2, KIDS($1, $3)); }
    ;

named: or
     | named AS NAME
     {
         $$ = syn_node(p, SYN_AS, @$, @3, KIDS($1));
         $$->name = $3.name;
     }
     ;

or: and
  | or OR and { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_OR, $1, $3); }
  ;

and: not
   | and AND not { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_AND, $1, $3); }
   ;

not: cmp
   | NOT not { $$ = node_operator(p, SYN_UNARY, @$, @1, OPR_NOT, $2, NULL); }
   ;

cmp: range
   | range compare range { $$ = node_operator(p, SYN_BINARY, @$, @2, $2, $1, $3); }
   ;

compare: EQ { $$ = OPR_EQ; }
       | NE { $$ = OPR_NE; }
       | LT { $$ = OPR_LT; }
       | LE { $$ = OPR_LE; }
       | GT { $$ = OPR_GT; }
       | GE { $$ = OPR_GE; }
       ;

range: add
     | add DOTDOT add { $$ = syn_node(p, SYN_RANGE, @$, @2, KIDS($1, $3)); }
     ;

add: mul
   | add PLUS mul  { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_ADD, $1, $3); }
   | add MINUS mul { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_SUB, $1, $3); }
   ;

mul: unary
   | mul STAR unary  { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_MUL, $1, $3); }
   | mul SLASH unary { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_DIV, $1, $3); }
   | mul DIV unary   { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_IDIV, $1, $3); }
   | mul MOD unary   { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_MOD, $1, $3); }
   | mul AT LBRACKET items RBRACKET unary
   {
       SynList *all = list_add(p, list_new(p), $6);
       for (int i = 0; i < $4->n; i++)
           all = list_add(p, all, $4->at[i]);
       $$ = node_list(p, SYN_CONTRACT, @$, span_join(@2, @5), $1, all);
   }
   ;

unary: power
     | MINUS unary { $$ = node_operator(p, SYN_UNARY, @$, @1, OPR_NEG, $2, NULL); }
     ;

power: atom
     | atom CARET exponent { $$ = node_operator(p, SYN_BINARY, @$, @2, OPR_POW, $1, $3); }
     ;

exponent: power
        | MINUS exponent { $$ = node_operator(p, SYN_UNARY, @$, @1, OPR_NEG, $2, NULL); }
        ;

atom: model
    | HASH postfix { $$ = syn_node(p, SYN_SIZE, @$, @1, KIDS($2)); }
    | BLOCK_TYPE { $$ = syn_node(p, SYN_BLOCK_TYPE, @$, @$, KIDS(NULL)); }
    | BLOCK_TYPE params ARROW postfix
    {
        Syn *signature = syn_node(p, SYN_ARROW, span_join(@2, @4), @3, KIDS($2, $4));
        $$ = syn_node(p, SYN_BLOCK_TYPE, @$, @1, KIDS(signature));
    }
    ;

model: postfix
     | model EXCEPT postfix { $$ = syn_node(p, SYN_EXCEPT, @$, @2, KIDS($1, $3)); }
     ;

postfix: primary
       | postfix LPAREN args RPAREN { $$ = node_list(p, SYN_CALL, @$, $1->at, $1, $3); }
       | postfix LBRACKET items RBRACKET { $$ = node_list(p, SYN_BRACKET, @$, $1->at, $1, $3); }
       | postfix DOT NAME
       {
           $$ = syn_node(p, SYN_FIELD, @$, @3, KIDS($1));
           $$->name = $3.name;
       }
       | postfix ELLIPSIS { $$ = syn_node(p, SYN_PACK, @$, @2, KIDS($1)); }
       | postfix WITH params { $$ = syn_node(p, SYN_WITH, @$, @2, KIDS($1, $3)); }
       ;

primary: NAME { $$ = node_named(p, SYN_NAME, @$, &$1); }
       | TWIN { $$ = node_named(p, SYN_TWIN, @$, &$1); }
       | INT { $$ = syn_node(p, SYN_INT, @$, @$, NULL, 0); $$->i = $1.i; }
       | REAL { $$ = syn_node(p, SYN_REAL, @$, @$, NULL, 0); $$->r = $1.r; }
       | STRING { $$ = syn_node(p, SYN_STRING, @$, @$, NULL, 0); $$->text = $1.text; }
       | LPAREN RPAREN { $$ = node_parens(p, @$, @1, list_new(p), false); }
       | LPAREN arg_list RPAREN { $$ = node_parens(p, @$, @1, $2, false); }
       | LPAREN arg_list COMMA RPAREN { $$ = node_parens(p, @$, @1, $2, true); }
       | LBRACKET items RBRACKET { $$ = node_list(p, SYN_AXES, @$, @1, NULL, $2); }
       | CHECKPOINT body { $$ = syn_node(p, SYN_CHECKPOINT, @$, @1, KIDS($2)); }
       ;

%%

int plx_yylex(PLX_YYSTYPE *value, Span *where, Parse *p)
{
    value->token = layout_next(&p->layout);
    *where = value->token.where;
    return value->token.kind;
}

// Called by the skeleton only when the parser's stack is full.
static void plx_yyerror(const Span *where, Parse *p, const char *message)
{
    (void)message;
    report_too_deep(p, *where);
}

static int yyreport_syntax_error(const yypcontext_t *ctx, Parse *p)
{
    yysymbol_kind_t symbol[YYNTOKENS];
    const char     *text[YYNTOKENS];
    int             kind[YYNTOKENS];
    int             n = yypcontext_expected_tokens(ctx, symbol, YYNTOKENS);
    for (int i = 0; i < n; i++) {
        text[i] = yysymbol_name(symbol[i]);
        kind[i] = -1;
    }
    for (int t = 0; t < (int)(sizeof yytranslate / sizeof *yytranslate); t++)
        for (int i = 0; i < n; i++)
            if (YYTRANSLATE(t) == symbol[i])
                kind[i] = t;
    yysymbol_kind_t found = yypcontext_token(ctx);
    report_unexpected(p, *yypcontext_location(ctx),
                      &(Expected){p->layout.last.kind, yysymbol_name(found), kind, text, n > 0 ? n : 0});
    return 0;
}
