/* SPDX-License-Identifier: BSD-2-Clause */
/* collect/pam: what is read of PAM's files, each form and each mistake. What is
 * expected is what linux-pam 1.5.2 makes of it, with Debian's changes or not. */
#include "tests/support.h"

#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "collect/pam/read.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* ---- told in words ---------------------------------------------------------- */

struct said {
	char text[16384];
	size_t size;
};

__attribute__((format(printf, 2, 3))) static void
say(struct said *said, const char *format, ...)
{
	va_list v;
	int n;

	va_start(v, format);
	n = vsnprintf(said->text + said->size, sizeof(said->text) - said->size,
	    format, v);
	va_end(v);
	assert_true(n >= 0 && (size_t)n < sizeof(said->text) - said->size);
	said->size += (size_t)n;
}

static void
say_action(struct said *said, int32_t action)
{
	static const char letters[] = "iodbxr"; /* x: die */

	if (action > 0) {
		say(said, "%d", action);
	} else {
		say(said, "%c", letters[-action]);
	}
}

/* "0o 12o 25i *b": open_err has what all the others have. */
static void
say_actions(struct said *said, const int32_t actions[WARD_PAM_CODES])
{
	for (int code = 0; code < WARD_PAM_CODES; code++) {
		if (actions[code] != actions[1]) {
			say(said, "%d", code);
			say_action(said, actions[code]);
			say(said, " ");
		}
	}
	say(said, "*");
	say_action(said, actions[1]);
}

static void
say_handler(struct said *said, const struct ward_pam_handler *h)
{
	static const char *const kinds[] = { "", "missing ", "broken ",
		"begin " };

	say(said, "%s:%u/%u %s%s%s", strrchr(h->source.file, '/') + 1,
	    h->source.line, h->level, kinds[h->kind], h->silent ? "-" : "",
	    h->module == NULL ? "?" : h->module);
	for (uint32_t i = 0; i < h->arg_count; i++) {
		say(said, " <%s>", h->args[i]);
	}
	say(said, " ");
	say_actions(said, h->actions);
	say(said, "\n");
}

static void
say_service(struct said *said, const struct ward_pam_service *s)
{
	static const char *const fates[] = { "", "refused\n", "unsure\n" };

	said->size = 0;
	say(said, "%s", fates[s->fate]);
	for (size_t t = 0; t < WARD_PAM_TYPES && s->fate == WARD_PAM_READ;
	     t++) {
		for (uint32_t i = 0; i < s->stacks[t].count; i++) {
			say(said, "%s%s ", ward_pam_type_name(t),
			    s->stacks[t].other ? "(other)" : "");
			say_handler(said, &s->stacks[t].handlers[i]);
		}
	}
	for (uint32_t i = 0; i < s->fault_count; i++) {
		say(said, "! %s:%u: %s\n", s->faults[i].source.file,
		    s->faults[i].source.line, s->faults[i].what);
	}
}

static void
expect_in(const char *tree, const char *name, enum ward_pam_dialect dialect,
    const char *what, const char *expected)
{
	static struct said said;
	const struct ward_pam_options options = { .root = tree,
		.dialect = dialect };
	struct ward_pam_service *service = NULL;
	struct ward_pam *pam = NULL;

	assert_int_equal(ward_pam_open(&options, &pam, NULL), 0);
	assert_int_equal(ward_pam_read(pam, name, &service, NULL), 0);
	say_service(&said, service);
	if (strcmp(said.text, expected) != 0) {
		fail_msg("%s: not\n%sbut\n%s", what, expected, said.text);
	}
	ward_pam_service_free(service);
	ward_pam_close(pam);
}

static void
expect_files(const struct ward_tree_file *files, enum ward_pam_dialect dialect,
    const char *what, const char *expected)
{
	char *tree = ward_tree_new(files);

	expect_in(tree, "svc", dialect, what, expected);
	ward_tree_remove(tree);
}

/* Where /etc/pam.d/svc is this, and that is all there is. */
static void
expect(const char *text, const char *expected)
{
	const struct ward_tree_file files[] = { { "/etc/pam.d/svc", text },
		{ NULL, NULL } };

	expect_files(files, WARD_PAM_UPSTREAM, text, expected);
}

#define REQUIRED "0o 12o 25i *b\n"
#define FILE_SVC "! /etc/pam.d/svc"

/* ---- lines ------------------------------------------------------------------ */

static void
test_pam_conf__lines(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "" },
		{ "#%PAM-1.0\n\n \t\n  # auth\n", "" },
		{ "auth required a.so", "auth svc:1/0 a.so " REQUIRED },
		{ "\n\tAuth\t REQUIRED  a.so b c=d\t\n",
		    "auth svc:2/0 a.so <b> <c=d> " REQUIRED },
		{ "auth required a.so b # c\n",
		    "auth svc:1/0 a.so <b> " REQUIRED },
		{ "auth required a.so b#c d\n",
		    "auth svc:1/0 a.so <b> " REQUIRED },
		{ "-auth required a.so\n", "auth svc:1/0 -a.so " REQUIRED },
		{ "auth requisite a.so\n",
		    "auth svc:1/0 a.so 0o 12o 25i *x\n" },
		{ "auth sufficient a.so\n", "auth svc:1/0 a.so 0d 12d *i\n" },
		{ "auth optional a.so\n", "auth svc:1/0 a.so 0o 12o *i\n" },
		{ "session required a.so\nauth required b.so\n"
		  "account required c.so\npassword required d.so\n",
		    "auth svc:2/0 b.so " REQUIRED
		    "account svc:3/0 c.so " REQUIRED
		    "password svc:4/0 d.so " REQUIRED
		    "session svc:1/0 a.so " REQUIRED },
		/* continued */
		{ "auth \\\n required\\ \t\n a.so \\\n\nauth required b.so\n",
		    "auth svc:1/0 a.so <auth> <required> <b.so> " REQUIRED },
		{ "auth \\\n# x\n\n required a.so\nauth required b.so\n",
		    "auth svc:1/0 a.so " REQUIRED
		    "auth svc:5/0 b.so " REQUIRED },
		{ "auth required a.so # b \\\nauth required c.so\n",
		    "auth svc:1/0 a.so " REQUIRED
		    "auth svc:2/0 c.so " REQUIRED },
		{ "auth required a.so \\ # b\nauth required c.so\n",
		    "auth svc:1/0 a.so <\\> " REQUIRED
		    "auth svc:2/0 c.so " REQUIRED },
		{ "auth required a.so \\\n",
		    "refused\n" FILE_SVC
		    ":1: the file ends where it should go on\n" },
		{ "auth required a.so \\\n# end",
		    "refused\n" FILE_SVC
		    ":1: the file ends where it should go on\n" },
		/* brackets */
		{ "auth required a.so [b c] d[e] [f\\]g\\h] [] i\n",
		    "auth svc:1/0 a.so <b c> <d[e]> <f]g\\h> <> <i> " REQUIRED },
		{ "[auth] [required]a.so[b]\n",
		    "auth svc:1/0 a.so[b] " REQUIRED },
		{ "auth required a.so [b # c]\n",
		    "auth svc:1/0 a.so <b > " REQUIRED },
		{ "auth [success=1] /x/a.so\n",
		    "auth svc:1/0 missing /x/a.so 01 *b\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(cases[i].text, cases[i].expected);
	}
}

static void
test_pam_conf__controls(void **state)
{
	static const char unknown_value[] = FILE_SVC
	    ":1: there is a value in its control that PAM does not have\n";
	static const struct {
		const char *control, *expected, *fault;
	} cases[] = {
		{ "[success=1 default=ignore]", "01 *i", "" },
		{ "[default=ignore success=1]", "01 *i", "" },
		{ "[success=ok new_authtok_reqd=done ignore=ignore "
		  "auth_err=die perm_denied=reset default=bad]",
		    "0o 6r 7x 12d 25i *b", "" },
		{ "[ success = 12\tdefault=3 ]", "012 *3", "" },
		{ "[success=okdefault=ignore]", "0o *i", "" },
		{ "[default=ok default=bad]", "*o", "" },
		{ "[incomplete=ok success=ok success=die]", "0x 31o *b", "" },
		{ "[]", "*b", "" },
		{ "[success=ok", "*b", FILE_SVC ":1: it names no module\n" },
		{ "needed", "*b", unknown_value },
		{ "[Success=ok default=ok]", "*b", unknown_value },
		{ "[success=ok default=ok user=bad]", "*b", unknown_value },
		{ "[success=ok,default=ignore]", "*b", unknown_value },
		{ "[success]", "*b",
		    FILE_SVC ":1: there is no '=' behind a value in its "
			     "control\n" },
		{ "[default=ok success:1]", "*b",
		    FILE_SVC ":1: there is no '=' behind a value in its "
			     "control\n" },
		{ "[default=ok success=]", "*b",
		    FILE_SVC ":1: there is an action in its control that PAM "
			     "does not have\n" },
		{ "[default=ok success=-1]", "*b",
		    FILE_SVC ":1: there is an action in its control that PAM "
			     "does not have\n" },
		{ "[default=ok success=0]", "*b",
		    FILE_SVC ":1: it jumps over no line\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[256], expected[512];
		bool none = strstr(cases[i].fault, "no module") != NULL;

		(void)snprintf(text, sizeof(text), "auth %s a.so\n",
		    cases[i].control);
		/* An open bracket swallows the module. */
		(void)snprintf(expected, sizeof(expected),
		    "auth svc:1/0 %s %s\n%s%s", none ? "broken ?" : "a.so",
		    none ? "*b" : cases[i].expected,
		    none ? FILE_SVC ":1: there is a value in its control "
				    "that PAM does not have\n" :
			   "",
		    cases[i].fault);
		expect(text, expected);
	}
	/* It might come out as "ok". */
	expect("auth [success=4294967295] a.so\n",
	    "unsure\n" FILE_SVC
	    ":1: it jumps over more lines than libpam can count\n");
}

static void
test_pam_conf__broken(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "auth\n",
		    "auth svc:1/0 broken ? *b\n" FILE_SVC
		    ":1: it has no control\n" },
		{ "auth optional\n",
		    "auth svc:1/0 broken ? 0o 12o *i\n" FILE_SVC
		    ":1: it names no module\n" },
		/* What is no type is auth's. */
		{ "outh required a.so\n",
		    "auth svc:1/0 broken a.so " REQUIRED FILE_SVC
		    ":1: it has a type that PAM does not have\n" },
		{ "\r\n",
		    "auth svc:1/0 broken ? *b\n" FILE_SVC
		    ":1: it has a type that PAM does not have\n" },
		{ "@include a\n",
		    "auth svc:1/0 broken ? *b\n" FILE_SVC
		    ":1: it has a type that PAM does not have\n" FILE_SVC
		    ":1: there is a value in its control that PAM "
		    "does not have\n" },
		{ "auth required /lib/\n",
		    "unsure\n" FILE_SVC
		    ":1: its module has a path without a name\n" },
		{ "auth required .so\n",
		    "unsure\n" FILE_SVC
		    ":1: its module has a path without a name\n" },
		{ "auth include nowhere x\nauth required a.so\n",
		    "auth svc:1/0 broken ? *b\nauth svc:2/0 a.so " REQUIRED
			FILE_SVC
		    ":1: the file that it includes is not there\n" },
		{ "auth substack nowhere\n",
		    "auth svc:1/0 begin nowhere *b\n"
		    "auth svc:1/0 broken ? *b\n" FILE_SVC
		    ":1: the file that it includes is not there\n" },
		{ "auth include\n",
		    "auth svc:1/0 broken ? *b\n" FILE_SVC
		    ":1: the file that it includes is not there\n" },
		{ "auth include svc\n",
		    "unsure\n" FILE_SVC
		    ":1: more than 15 files that include one another\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		expect(cases[i].text, cases[i].expected);
	}
}

/* libpam's buffer takes 1023 bytes; what later versions do is another thing. */
static void
test_pam_conf__long_lines(void **state)
{
	static char text[4096];

	(void)state;
	(void)snprintf(text, sizeof(text), "auth required a.so %0999d\n", 0);
	assert_int_equal(strlen(text), 1019);
	char *tree = ward_tree_new(NULL);
	ward_tree_put(tree, "/etc/pam.d/svc", text, strlen(text));
	static struct said said;
	say(&said, "auth svc:1/0 a.so <%0999d> " REQUIRED, 0);
	expect_in(tree, "svc", WARD_PAM_UPSTREAM, "long", said.text);
	ward_tree_remove(tree);
	(void)snprintf(text, sizeof(text), "\n# %01022d\n", 0);
	expect(text,
	    "unsure\n" FILE_SVC ":2: it is longer than libpam reads at once\n");
	(void)snprintf(text, sizeof(text), "auth \\\n\\\n%01020d\n", 0);
	expect(text,
	    "unsure\n" FILE_SVC ":3: it is longer than libpam reads at once\n");
}

/* ---- files ------------------------------------------------------------------ */

static void
test_pam_conf__not_text(void **state)
{
	static const char nul[] = "auth required a.so\nauth\0required b.so\n";
	char *tree = ward_tree_new(NULL), *path;

	(void)state;
	ward_tree_put(tree, "/etc/pam.d/svc", nul, sizeof(nul) - 1);
	expect_in(tree, "svc", WARD_PAM_UPSTREAM, "NUL",
	    "unsure\n" FILE_SVC ":2: it holds a NUL, so it is not text\n");
	ward_tree_fifo(tree, "/etc/pam.d/fifo");
	expect_in(tree, "fifo", WARD_PAM_UPSTREAM, "FIFO",
	    "unsure\n! /etc/pam.d/fifo:0: it is not a regular file\n");
	path = malloc(WARD_PAM_FILE_MAX + 1);
	assert_non_null(path);
	memset(path, '\n', WARD_PAM_FILE_MAX + 1);
	ward_tree_put(tree, "/etc/pam.d/large", path, WARD_PAM_FILE_MAX + 1);
	expect_in(tree, "large", WARD_PAM_UPSTREAM, "large",
	    "unsure\n! /etc/pam.d/large:0: it is too large\n");
	free(path);
	/* Out of the root it leads nowhere. */
	ward_tree_link(tree, "/etc/pam.d/link", "../../../../../etc/pam.d/a");
	ward_tree_put(tree, "/etc/pam.d/a", "auth required a.so\n", 19);
	expect_in(tree, "link", WARD_PAM_UPSTREAM, "link",
	    "auth link:1/0 a.so " REQUIRED);
	ward_tree_remove(tree);
}

static void
test_pam_conf__includes(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/pam.d/svc",
		    "auth required a.so\n"
		    "auth include in\n"
		    "account substack /opt/in\n"
		    "session include vendor\n"
		    "password include torn\n" },
		{ "/etc/pam.d/in",
		    "auth required b.so\naccount required no.so\n"
		    "auth substack deep\n" },
		{ "/etc/pam.d/deep", "auth sufficient c.so\n" },
		{ "/opt/in", "account required d.so\nauth required no.so\n" },
		{ "/usr/lib/pam.d/vendor", "session required e.so\n" },
		{ "/etc/pam.d/torn", "password required f.so\nx y \\" },
		{ NULL, NULL },
	};
	static const char same[] =
	    "auth svc:1/0 a.so " REQUIRED "auth in:1/0 b.so " REQUIRED
	    "auth in:3/0 begin deep *b\nauth deep:1/1 c.so 0d 12d *i\n"
	    "account svc:3/0 begin /opt/in *b\naccount in:1/1 d.so " REQUIRED
	    "password torn:1/0 f.so " REQUIRED "password svc:5/0 broken ? *b\n";
	static struct said said;

	(void)state;
	/* Debian's looks for what is included in /etc/pam.d only. */
	say(&said, "%s%s%s", same, "session vendor:1/0 e.so " REQUIRED,
	    "! /etc/pam.d/torn:2: the file ends where it should go on\n");
	expect_files(files, WARD_PAM_UPSTREAM, "includes", said.text);
	said.size = 0;
	say(&said, "%s%s%s", same, "session svc:4/0 broken ? *b\n",
	    FILE_SVC ":4: the file that it includes is not there\n"
		     "! /etc/pam.d/torn:2: the file ends where it should go "
		     "on\n");
	expect_files(files, WARD_PAM_DEBIAN, "includes", said.text);
}

static void
test_pam_conf__at_include(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/debian_version", "12.11\n" },
		{ "/etc/pam.d/svc", "@include common\n@INCLUDE /opt/c x\n" },
		{ "/etc/pam.d/common",
		    "auth required a.so\nsession required b.so\n" },
		{ "/opt/c", "auth required c.so\n" },
		{ "/etc/pam.d/none", "auth required a.so\n@include nowhere\n" },
		{ "/etc/pam.d/typed", "auth include none\n" },
		{ "/etc/pam.d/nameless", "@include\n" },
		{ NULL, NULL },
	};
	char *tree = ward_tree_new(files);

	(void)state;
	expect_in(tree, "svc", WARD_PAM_AS_FOUND, "@include",
	    "auth common:1/0 a.so " REQUIRED "auth c:1/0 c.so " REQUIRED
	    "session common:2/0 b.so " REQUIRED);
	expect_in(tree, "none", WARD_PAM_AS_FOUND, "@include of nothing",
	    "refused\n! /etc/pam.d/none:2: the file that it includes is not "
	    "there\n");
	/* It takes what the stack's memory happens to hold for a control. */
	expect_in(tree, "typed", WARD_PAM_AS_FOUND, "of nothing, with a type",
	    "unsure\n! /etc/pam.d/none:2: the file that it includes is not "
	    "there\n");
	expect_in(tree, "nameless", WARD_PAM_AS_FOUND, "@include alone",
	    "unsure\n! /etc/pam.d/nameless:1: it includes a file without a "
	    "name\n");
	ward_tree_remove(tree);
}

static void
test_pam_conf__other(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/pam.d/svc", "auth required a.so\n" },
		{ "/etc/pam.d/other",
		    "auth required b.so\naccount required c.so\n" },
		{ NULL, NULL },
	};
	static const char others[] = "auth(other) other:1/0 b.so " REQUIRED
				     "account(other) other:2/0 c.so " REQUIRED;
	char *tree = ward_tree_new(files);

	(void)state;
	expect_in(tree, "/usr/bin/SVC", WARD_PAM_UPSTREAM, "own and other's",
	    "auth svc:1/0 a.so " REQUIRED
	    "account(other) other:2/0 c.so " REQUIRED);
	expect_in(tree, "none", WARD_PAM_UPSTREAM, "other's", others);
	/* It is read as the service, and once more as other. */
	expect_in(tree, "other", WARD_PAM_UPSTREAM, "twice",
	    "auth(other) other:1/0 b.so " REQUIRED
	    "auth(other) other:1/0 b.so " REQUIRED
	    "account(other) other:2/0 c.so " REQUIRED
	    "account(other) other:2/0 c.so " REQUIRED);
	ward_tree_put(tree, "/etc/pam.d/other", "auth x \\\n", 9);
	expect_in(tree, "svc", WARD_PAM_UPSTREAM, "other is torn",
	    "refused\n! /etc/pam.d/other:1: the file ends where it should go "
	    "on\n");
	ward_tree_remove(tree);
	tree = ward_tree_new(NULL);
	ward_tree_dir(tree, "/etc/pam.d");
	expect_in(tree, "svc", WARD_PAM_UPSTREAM, "nothing", "refused\n");
	ward_tree_remove(tree);
}

static void
test_pam_conf__pam_conf(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/pam.conf",
		    "# service type control module\n"
		    "svc auth required a.so\n"
		    "SVC account required b.so\n"
		    "OTHER session required c.so\n"
		    "svc auth include /opt/in\n"
		    "su auth\n" },
		{ "/opt/in", "auth required d.so\n" },
		{ NULL, NULL },
	};
	static const char *const names[] = { "other", "su", "svc" };
	char *tree = ward_tree_new(files);
	const struct ward_pam_options options = { .root = tree };
	struct ward_pam *pam = NULL;

	(void)state;
	expect_in(tree, "Svc", WARD_PAM_UPSTREAM, "pam.conf",
	    "auth pam.conf:2/0 a.so " REQUIRED "auth in:1/0 d.so " REQUIRED
	    "account pam.conf:3/0 b.so " REQUIRED
	    "session(other) pam.conf:4/0 c.so " REQUIRED);
	assert_int_equal(ward_pam_open(&options, &pam, NULL), 0);
	assert_int_equal(ward_pam_count(pam), LENGTH(names));
	for (size_t i = 0; i < LENGTH(names); i++) {
		assert_string_equal(ward_pam_name(pam, i), names[i]);
	}
	ward_pam_close(pam);
	/* Where there is a directory nobody looks at it. */
	ward_tree_dir(tree, "/usr/lib/pam.d");
	expect_in(tree, "svc", WARD_PAM_UPSTREAM, "directory", "refused\n");
	ward_tree_remove(tree);
	tree = ward_tree_new(NULL);
	expect_in(tree, "svc", WARD_PAM_UPSTREAM, "nothing", "refused\n");
	ward_tree_remove(tree);
}

static void
test_pam_conf__services(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/pam.d/sshd", "" },
		{ "/etc/pam.d/Login", "" },
		{ "/etc/pam.d/a.d/x", "" },
		{ "/usr/lib/pam.d/sshd", "" },
		{ "/usr/lib/pam.d/cron", "" },
		{ NULL, NULL },
	};
	char *tree = ward_tree_new(files);
	const struct ward_pam_options options = { .root = tree };
	struct ward_pam *pam = NULL;

	(void)state;
	assert_int_equal(ward_pam_open(&options, &pam, NULL), 0);
	assert_int_equal(ward_pam_count(pam), 2);
	assert_string_equal(ward_pam_name(pam, 0), "cron");
	assert_string_equal(ward_pam_name(pam, 1), "sshd");
	ward_pam_close(pam);
	ward_tree_remove(tree);
}

static void
test_pam_conf__modules(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/pam.d/svc",
		    "auth required pam_unix.so\n"
		    "-auth required pam_none.so\n"
		    "auth required /opt/there.so\n"
		    "auth required /opt/none.so\n"
		    "auth required ../$ISA/pam_none.so\n"
		    "auth required pam_cr.so\r\n"
		    "auth required /usr/lib\n"
		    "auth required /opt/text.so\n" },
		{ "/opt/there.so", "\177ELF" },
		{ "/opt/text.so", "text" },
		{ "/usr/lib/x86_64-linux-gnu/security/pam_unix.so", "\177ELF" },
		{ "/usr/lib/x86_64-linux-gnu/security/pam_cr.so", "\177ELF" },
		{ NULL, NULL },
	};

	(void)state;
	expect_files(files, WARD_PAM_DEBIAN, "modules",
	    "auth svc:1/0 pam_unix.so " REQUIRED
	    "auth svc:2/0 missing -pam_none.so " REQUIRED
	    "auth svc:3/0 /opt/there.so " REQUIRED
	    "auth svc:4/0 missing /opt/none.so " REQUIRED
	    "auth svc:5/0 ../$ISA/pam_none.so " REQUIRED
	    "auth svc:6/0 missing pam_cr.so\r " REQUIRED
	    "auth svc:7/0 missing /usr/lib " REQUIRED
	    "auth svc:8/0 missing /opt/text.so " REQUIRED);
}

/* Sixteen substacks within one another; that each file opens two of them does
 * not make the reading endless. */
static void
test_pam_conf__depth(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/pam.d/svc", "auth substack svc\n" },
		{ "/etc/pam.d/two", "auth substack two\nauth substack two\n" },
		{ NULL, NULL },
	};
	char *tree = ward_tree_new(files);
	const struct ward_pam_options options = { .root = tree };
	struct ward_pam_service *service = NULL;
	struct ward_pam *pam = NULL;

	(void)state;
	assert_int_equal(ward_pam_open(&options, &pam, NULL), 0);
	assert_int_equal(ward_pam_read(pam, "svc", &service, NULL), 0);
	assert_int_equal(service->fate, WARD_PAM_READ);
	assert_int_equal(service->fault_count, 1);
	assert_int_equal(service->stacks[WARD_PAM_AUTH].count, 17);
	assert_int_equal(service->stacks[WARD_PAM_AUTH].handlers[16].kind,
	    WARD_PAM_BROKEN);
	ward_pam_service_free(service);
	assert_int_equal(ward_pam_read(pam, "two", &service, NULL), 0);
	assert_int_equal(service->fate, WARD_PAM_UNSURE);
	ward_pam_service_free(service);
	ward_pam_close(pam);
	ward_tree_remove(tree);
}

static void
test_ward_pam_code(void **state)
{
	(void)state;
	assert_int_equal(PAM_SUCCESS, WARD_PAM_SUCCESS);
	assert_int_equal(PAM_PERM_DENIED, WARD_PAM_PERM_DENIED);
	assert_int_equal(PAM_ABORT, WARD_PAM_ABORT);
	assert_int_equal(PAM_MODULE_UNKNOWN, WARD_PAM_MODULE_UNKNOWN);
	assert_int_equal(PAM_INCOMPLETE, WARD_PAM_INCOMPLETE);
	assert_int_equal(_PAM_RETURN_VALUES, WARD_PAM_CODES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pam_conf__lines),
		cmocka_unit_test(test_pam_conf__controls),
		cmocka_unit_test(test_pam_conf__broken),
		cmocka_unit_test(test_pam_conf__long_lines),
		cmocka_unit_test(test_pam_conf__not_text),
		cmocka_unit_test(test_pam_conf__includes),
		cmocka_unit_test(test_pam_conf__at_include),
		cmocka_unit_test(test_pam_conf__other),
		cmocka_unit_test(test_pam_conf__pam_conf),
		cmocka_unit_test(test_pam_conf__services),
		cmocka_unit_test(test_pam_conf__modules),
		cmocka_unit_test(test_pam_conf__depth),
		cmocka_unit_test(test_ward_pam_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
