/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/pam_case.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define STACK \
	"auth requisite @door preauth nodelay\n" \
	"auth [success=2 default=ignore] @probe\n" \
	"auth [default=die] @door authfail nodelay\n" \
	"auth requisite pam_deny.so\n" \
	"auth required @door authsucc\n" \
	"account required pam_permit.so\n" \
	"account required @door\n" \
	"password required @probe\n" \
	"password required @door changed\n" \
	"session required pam_permit.so\n" \
	"session required @door\n"

static void
put(struct pam_case *c, const char *path, const char *text)
{
	ward_tree_put(c->tree, path, text, strlen(text));
}

static void
make_host(struct pam_case *c, const char *conf)
{
	const long today = (long)(time(NULL) / 86400);
	char shadow[512];

	put(c, "/etc/passwd",
	    "root:x:0:0::/root:/bin/sh\n"
	    "svc:x:900:900::/:/usr/sbin/nologin\n"
	    "wang:x:1000:1000:Wang:/home/wang:/bin/sh\n"
	    "lee:x:1001:1001:Lee:/home/lee:/bin/sh\n");
	(void)snprintf(shadow, sizeof(shadow),
	    "root:$y$j9T$a$b:%ld:0:99999:7:::\n"
	    "svc:!:%ld::::::\n"
	    "wang:$y$j9T$c$d:%ld:0:99999:7:::\n"
	    "lee:$y$j9T$e$f:%ld:0:99999:7:::\n",
	    today - 10, today - 10, today - 10, today - 10);
	put(c, "/etc/shadow", shadow);
	ward_tree_chmod(c->tree, "/etc/shadow", 0600);
	put(c, "/etc/group", "root:x:0:\ndocker:x:500:\n");
	put(c, "/etc/shells", "/bin/sh\n/bin/bash\n");
	put(c, "/etc/login.defs", "UID_MIN 1000\nUID_MAX 60000\n");
	put(c, "/etc/acctward/acctward.conf", conf);
	ward_tree_dir(c->tree, "/var/lib");
	ward_tree_dir(c->tree, "/var/log");
	put(c, "/services/other", "auth required pam_deny.so\n");
}

void
pam_case_new(struct pam_case *c, const char *conf)
{
	const char *out = getenv("OUT");
	char *modules;

	c->tree = ward_tree_new(NULL);
	modules = realpath(out == NULL ? "build" : out, NULL);
	assert_non_null(modules);
	c->modules = modules;
	c->plans = realpath("policy/plans", NULL);
	assert_non_null(c->plans);
	make_host(c, conf);
	pam_case_service(c, "stack", STACK);
}

void
pam_case_free(struct pam_case *c)
{
	ward_tree_remove(c->tree);
	free(c->modules);
	free(c->plans);
}

/* A line of PAM cannot be longer than this. */
#define LINE 1024

void
pam_case_service(struct pam_case *c, const char *name, const char *text)
{
	char path[128], *file = NULL;
	FILE *stream;
	size_t size;

	(void)snprintf(path, sizeof(path), "/services/%s", name);
	stream = open_memstream(&file, &size);
	assert_non_null(stream);
	for (const char *at = text; *at != '\0';) {
		if (strncmp(at, "@door", 5) == 0) {
			(void)fprintf(stream,
			    "%s/security/pam_acctward.so root=%s plans=%s",
			    c->modules, c->tree, c->plans);
			at += 5;
		} else if (strncmp(at, "@probe", 6) == 0) {
			(void)fprintf(stream,
			    "%s/tests/pam_probe.so right=" PAM_CASE_RIGHT
			    " log=%s/tested shadow=%s/etc/shadow",
			    c->modules, c->tree, c->tree);
			at += 6;
		} else {
			(void)fputc(*at++, stream);
		}
	}
	assert_int_equal(fclose(stream), 0);
	ward_tree_put(c->tree, path, file, size);
	free(file);
}

void
pam_case_conf(struct pam_case *c, const char *text)
{
	put(c, "/etc/acctward/acctward.conf", text);
}

long
pam_case_today(void)
{
	return (long)(time(NULL) / 86400);
}

static void
put_days(FILE *file, long days)
{
	if (days >= 0) {
		(void)fprintf(file, "%ld", days);
	}
	(void)fputc(':', file);
}

void
pam_case_shadow(struct pam_case *c, const char *user, const char *field,
    long changed, long expires)
{
	char *before = pam_case_text(c, "/etc/shadow"), *after = NULL;
	const size_t name = strlen(user);
	FILE *file;
	size_t size;

	assert_non_null(before);
	file = open_memstream(&after, &size);
	assert_non_null(file);
	for (const char *at = before; *at != '\0';) {
		const size_t line = strcspn(at, "\n") + 1;

		if (strncmp(at, user, name) != 0 || at[name] != ':') {
			(void)fprintf(file, "%.*s", (int)line, at);
		}
		at += line;
	}
	(void)fprintf(file, "%s:%s:", user, field);
	put_days(file, changed);
	(void)fputs("0:99999:7::", file);
	put_days(file, expires);
	(void)fputc('\n', file);
	assert_int_equal(fclose(file), 0);
	put(c, "/etc/shadow.was", before);
	ward_tree_chmod(c->tree, "/etc/shadow.was", 0600);
	put(c, "/etc/shadow", after);
	ward_tree_chmod(c->tree, "/etc/shadow", 0600);
	free(before);
	free(after);
}

void
pam_case_least_age(struct pam_case *c, const char *user, long days)
{
	static const char none[] = ":0:99999:";
	char *before = pam_case_text(c, "/etc/shadow"), *after = NULL;
	char start[64], *line, *at;

	(void)snprintf(start, sizeof(start), "\n%s:", user);
	assert_non_null(before);
	line = strstr(before, start);
	assert_non_null(line);
	at = strstr(line, none);
	assert_non_null(at);
	assert_true(asprintf(&after, "%.*s:%ld:99999:%s", (int)(at - before),
			before, days, at + strlen(none)) > 0);
	ward_tree_put(c->tree, "/etc/shadow", after, strlen(after));
	free(after);
	free(before);
}

struct ward_marks
pam_case_marks(const struct pam_case *c, const char *user)
{
	struct ward_state *state = NULL;
	struct ward_tally *tally = NULL;
	struct ward_marks marks = { .last_use = 0 };

	if (ward_state_open(c->tree, WARD_STATE_LOOK, &state, NULL) == 0 &&
	    ward_tally_open(state, user, WARD_TALLY_LOOK, &tally, NULL) == 0) {
		assert_int_equal(ward_tally_marks(tally, &marks, NULL), 0);
	}
	ward_tally_close(tally);
	ward_state_close(state);
	return marks;
}

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **ret_responses, void *arg)
{
	struct pam_login *login = arg;
	struct pam_response *responses = calloc((size_t)count,
	    sizeof(*responses));

	if (responses == NULL) {
		return PAM_BUF_ERR;
	}
	for (int i = 0; i < count; i++) {
		const bool prompt = messages[i]->msg_style ==
			PAM_PROMPT_ECHO_OFF ||
		    messages[i]->msg_style == PAM_PROMPT_ECHO_ON;
		size_t used = strlen(login->said);

		if (!prompt) {
			(void)snprintf(login->said + used,
			    sizeof(login->said) - used, "%s\n",
			    messages[i]->msg);
			continue;
		}
		login->first = login->prompts++ == 0 ? used : login->first;
		if (login->next != NULL) {
			login->answer = login->next(login->arg,
			    login->prompts - 1);
		} else if (login->answers != NULL) {
			login->answer = *login->answers;
			login->answers += login->answer != NULL;
		}
		if (login->answer == NULL) {
			free(responses);
			return PAM_CONV_ERR;
		}
		responses[i].resp = strdup(login->answer);
	}
	*ret_responses = responses;
	return PAM_SUCCESS;
}

void
pam_login_start(const struct pam_case *c, const char *service, const char *user,
    const char *tty, const char *rhost, struct pam_login *ret_login)
{
	char *services = ward_tree_path(c->tree, "/services");

	memset(ret_login, 0, sizeof(*ret_login));
	ret_login->answer = PAM_CASE_RIGHT;
	ret_login->conv = (struct pam_conv){ converse, ret_login };
	assert_int_equal(pam_start_confdir(service, user, &ret_login->conv,
			     services, &ret_login->pamh),
	    PAM_SUCCESS);
	free(services);
	if (tty != NULL) {
		assert_int_equal(pam_set_item(ret_login->pamh, PAM_TTY, tty),
		    PAM_SUCCESS);
	}
	if (rhost != NULL) {
		assert_int_equal(pam_set_item(ret_login->pamh, PAM_RHOST,
				     rhost),
		    PAM_SUCCESS);
	}
}

void
pam_login_end(struct pam_login *login)
{
	assert_int_equal(pam_end(login->pamh, login->status), PAM_SUCCESS);
	login->pamh = NULL;
}

int
pam_log_in(const struct pam_case *c, const char *service, const char *user,
    const char *password)
{
	struct pam_login login;

	pam_login_start(c, service, user, "ssh", "192.0.2.7", &login);
	login.answer = password;
	login.status = pam_authenticate(login.pamh, 0);
	pam_login_end(&login);
	return login.status;
}

char *
pam_case_text(const struct pam_case *c, const char *path)
{
	char *whole = ward_tree_path(c->tree, path);
	FILE *file = fopen(whole, "re");
	char *text = NULL;
	size_t room = 0;
	ssize_t size;

	free(whole);
	if (file == NULL) {
		return NULL;
	}
	size = getdelim(&text, &room, '\0', file);
	(void)fclose(file);
	if (size < 0) {
		free(text);
		return strdup("");
	}
	return text;
}

size_t
pam_case_tested(const struct pam_case *c, char kind)
{
	char *text = pam_case_text(c, "/tested");
	size_t count = 0;

	for (const char *at = text; at != NULL && *at != '\0'; at++) {
		count += *at == kind;
	}
	free(text);
	return count;
}

bool
pam_case_tells(const struct pam_case *c, const char *text)
{
	char *events = pam_case_text(c, "/var/log/acctward/events.jsonl");
	const bool tells = events != NULL && strstr(events, text) != NULL;

	free(events);
	return tells;
}

size_t
pam_case_events(const struct pam_case *c, const char *id)
{
	char *text = pam_case_text(c, "/var/log/acctward/events.jsonl");
	char wanted[64];
	size_t count = 0;

	(void)snprintf(wanted, sizeof(wanted), "\"event\":\"%s\"", id);
	for (const char *at = text; at != NULL;) {
		at = strstr(at, wanted);
		count += at != NULL;
		at = at == NULL ? NULL : at + 1;
	}
	free(text);
	return count;
}
