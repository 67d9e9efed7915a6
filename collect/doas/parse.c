/* SPDX-License-Identifier: BSD-2-Clause */
/* doas.conf(5), word by word and rule by rule, as OpenDoas' own parser does. */
#include <stdlib.h>
#include <string.h>

#include "collect/base/grow.h"
#include "collect/doas/rules.h"

#define WORD_MAX 1024 /* doas' own limit */

enum token {
	END,
	NEWLINE,
	OPEN,
	CLOSE,
	STRING,
	PERMIT,
	DENY,
	AS,
	CMD,
	ARGS,
	NOPASS,
	NOLOG,
	PERSIST,
	KEEPENV,
	SETENV,
	WRONG,
};

static const struct {
	const char *word;
	enum token token;
} keywords[] = {
	{ "deny", DENY },
	{ "permit", PERMIT },
	{ "as", AS },
	{ "cmd", CMD },
	{ "args", ARGS },
	{ "nopass", NOPASS },
	{ "nolog", NOLOG },
	{ "persist", PERSIST },
	{ "keepenv", KEEPENV },
	{ "setenv", SETENV },
};

struct parser {
	const char *at, *end;
	struct ward_doas_rules *rules;
	uint32_t line;
	enum token token; /* the one at hand, */
	const char *word; /* its text, if it is a STRING, */
	uint32_t from;    /* and its line */
	const char *wrong;
	int error; /* WARD_ERR_NOMEM */
};

/* ---- words ---------------------------------------------------------------- */

struct word {
	char text[WORD_MAX];
	size_t size;
	bool plain;  /* may be a keyword: no quotes, no line that goes on */
	bool quoted; /* is one, though it be empty */
};

static enum token
fail(struct parser *p, const char *what)
{
	if (p->wrong == NULL) {
		p->wrong = what;
	}
	return WRONG;
}

/* What the next character is to the word. */
enum part {
	IN,   /* of it */
	MARK, /* of it, and not in its text */
	OUT   /* behind it */
};

static enum part
weigh(struct parser *p, struct word *word, bool *quotes, bool *escape)
{
	char c = *p->at;

	switch (c) {
	case '\0':
		(void)fail(p, N_("a NUL"));
		return MARK;
	case '\\':
		*escape = !*escape;
		return *escape ? MARK : IN;
	case '\n':
		if (*quotes) {
			(void)fail(p, N_("quotes that do not end"));
		}
		if (!*escape) {
			return OUT;
		}
		word->plain = *escape = false;
		p->line++;
		return MARK;
	case '{':
	case '}':
	case '#':
	case ' ':
	case '\t':
		return *escape || *quotes ? IN : OUT;
	case '"':
		if (*escape) {
			return IN;
		}
		*quotes = !*quotes;
		if (*quotes) {
			word->plain = false;
			word->quoted = true;
		}
		return MARK;
	default:
		return IN;
	}
}

static void
take_word(struct parser *p, struct word *word)
{
	bool quotes = false, escape = false;

	for (; p->at < p->end; p->at++) {
		enum part part = weigh(p, word, &quotes, &escape);

		if (part == OUT || p->wrong != NULL) {
			return;
		}
		if (part == IN) {
			word->text[word->size++] = *p->at;
			escape = false;
		}
		if (word->size == sizeof(word->text)) {
			(void)fail(p, N_("a word of more than 1023 bytes"));
			return;
		}
	}
	if (escape || quotes) {
		(void)fail(p,
		    escape ? N_("nothing behind a backslash") :
			     N_("quotes that do not end"));
	}
}

static enum token
name_word(struct parser *p, const struct word *word)
{
	for (size_t i = 0;
	     word->plain && i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strlen(keywords[i].word) == word->size &&
		    memcmp(keywords[i].word, word->text, word->size) == 0) {
			return keywords[i].token;
		}
	}
	p->word = ward_pool_copy(p->rules->pool, word->text, word->size);
	if (p->word == NULL) {
		p->error = WARD_ERR_NOMEM;
		return WRONG;
	}
	return STRING;
}

/* A line that goes on at its beginning makes no word, but no keyword either of
 * the one that follows. */
static enum token
lex(struct parser *p)
{
	struct word word = { .plain = true };

	for (;;) {
		while (p->at < p->end && (*p->at == ' ' || *p->at == '\t')) {
			p->at++;
		}
		if (p->at < p->end && *p->at == '#') {
			const char *end = memchr(p->at, '\n',
			    (size_t)(p->end - p->at));

			p->at = end == NULL ? p->end : end;
		}
		p->from = p->line;
		if (p->at == p->end) {
			return END;
		}
		switch (*p->at) {
		case '\n':
			p->at++;
			p->line++;
			return NEWLINE;
		case '{':
		case '}':
			return *p->at++ == '{' ? OPEN : CLOSE;
		default:
			break;
		}
		take_word(p, &word);
		if (p->wrong != NULL) {
			return WRONG;
		}
		if (word.size > 0 || word.quoted) {
			return name_word(p, &word);
		}
	}
}

static void
next(struct parser *p)
{
	p->token = p->wrong != NULL || p->error != 0 ? WRONG : lex(p);
}

/* ---- rules ---------------------------------------------------------------- */

static bool
take(struct parser *p, enum token token)
{
	if (p->token != token) {
		return false;
	}
	next(p);
	return true;
}

/* The words up to the next other token. */
static void
take_list(struct parser *p, struct ward_doas_list *list)
{
	while (p->token == STRING) {
		const char **words = ward_grow(list->words, list->count,
		    &list->room, sizeof(*words));

		if (words == NULL) {
			p->error = WARD_ERR_NOMEM;
			p->token = WRONG;
			return;
		}
		list->words = words;
		words[list->count++] = p->word;
		next(p);
	}
}

static void
take_setenv(struct parser *p, struct ward_doas_rule *rule)
{
	if (rule->has_setenv) {
		p->token = fail(p, N_("a second setenv"));
		return;
	}
	rule->has_setenv = true;
	if (!take(p, OPEN)) {
		p->token = fail(p, N_("no '{' behind setenv"));
		return;
	}
	take_list(p, &rule->setenv);
	if (!take(p, CLOSE)) {
		p->token = fail(p, N_("no '}' behind the names of setenv"));
	}
}

static void
take_options(struct parser *p, struct ward_doas_rule *rule)
{
	for (;;) {
		if (take(p, NOPASS)) {
			rule->nopass = true;
		} else if (take(p, PERSIST)) {
			rule->persist = true;
		} else if (take(p, NOLOG)) {
			rule->nolog = true;
		} else if (take(p, KEEPENV)) {
			rule->keepenv = true;
		} else if (take(p, SETENV)) {
			take_setenv(p, rule);
		} else {
			return;
		}
		if (rule->nopass && rule->persist) {
			p->token = fail(p, N_("nopass and persist together"));
		}
	}
}

/* The word behind a keyword, or NULL. */
static const char *
take_string(struct parser *p, const char *what)
{
	const char *word = p->word;

	if (p->token != STRING) {
		p->token = fail(p, what);
		return NULL;
	}
	next(p);
	return word;
}

static void
take_rule(struct parser *p, struct ward_doas_rule *rule)
{
	rule->line = p->from;
	rule->permit = take(p, PERMIT);
	if (rule->permit) {
		take_options(p, rule);
	} else if (!take(p, DENY)) {
		p->token = fail(p, N_("neither permit nor deny"));
	}
	rule->ident = take_string(p, N_("no user or group"));
	if (take(p, AS)) {
		rule->target = take_string(p, N_("no user behind as"));
	}
	if (take(p, CMD)) {
		rule->cmd = take_string(p, N_("no command behind cmd"));
		rule->has_args = take(p, ARGS);
		if (rule->has_args) {
			take_list(p, &rule->args);
		}
	}
	if (p->token == END) {
		p->token = fail(p, N_("no end of the line"));
	} else if (!take(p, NEWLINE)) {
		p->token = fail(p, N_("something that does not belong there"));
	}
}

static int
add_rule(struct parser *p)
{
	struct ward_doas_rules *rules = p->rules;
	struct ward_doas_rule *list = ward_grow(rules->list, rules->count,
	    &rules->room, sizeof(*list));

	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	rules->list = list;
	list[rules->count] = (struct ward_doas_rule){ .line = 0 };
	take_rule(p, &list[rules->count++]);
	return p->error;
}

int
ward_doas_parse(const char *text, size_t size, struct ward_doas_rules *rules,
    struct ward_doas_fault *ret_fault)
{
	struct parser p = { .at = text,
		.end = text + size,
		.rules = rules,
		.line = 1 };
	int r = 0;

	*rules = (struct ward_doas_rules){ .pool = ward_pool_new() };
	if (rules->pool == NULL) {
		return WARD_ERR_NOMEM;
	}
	next(&p);
	while (r == 0 && p.wrong == NULL && p.token != END) {
		r = p.token == NEWLINE ? 0 : add_rule(&p);
		if (r == 0 && p.token == NEWLINE) {
			next(&p);
		}
	}
	if (r == 0 && p.wrong != NULL) {
		*ret_fault = (struct ward_doas_fault){ p.from, p.wrong };
		r = WARD_ERR_SYNTAX;
	}
	if (r == 0) {
		r = p.error;
	}
	return r;
}

void
ward_doas_rules_free(struct ward_doas_rules *rules)
{
	for (uint32_t i = 0; i < rules->count; i++) {
		free(rules->list[i].setenv.words);
		free(rules->list[i].args.words);
	}
	free(rules->list);
	ward_pool_free(rules->pool);
	*rules = (struct ward_doas_rules){ .list = NULL };
}
