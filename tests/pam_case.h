/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Log-ins through a real libpam and the real module, below a root of the
 * test's own: pam_start_confdir(3) reads the services from there.
 */
#ifndef WARD_TESTS_PAM_CASE_H
#define WARD_TESTS_PAM_CASE_H

#include "tests/support.h"

#include <security/pam_appl.h>

#include "state/state.h"

#define PAM_CASE_RIGHT "Right-7-horse"
/* Fields of shadow(5), whole hashes of nothing in particular. */
#define PAM_CASE_SALT "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$"
#define PAM_CASE_HASH \
	PAM_CASE_SALT "X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"
#define PAM_CASE_OTHER \
	PAM_CASE_SALT "Y4DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ8"

/*
 * A host of root (uid 0), wang (1000), lee (1001) and svc (a service), whose
 * agency's settings are `conf`. Services:
 *   stack   as the manual has it for Debian, with pam_probe in the place of
 *           pam_unix and PAM_CASE_RIGHT everybody's password
 */
struct pam_case {
	char *tree;
	char *modules; /* where those are that were built */
	char *plans;
};

void pam_case_new(struct pam_case *c, const char *conf);
void pam_case_free(struct pam_case *c);
/* A service of that name: each "@door" of the text becomes the module with its
 * root, each "@probe" pam_probe with the password and the file `tested`. */
void pam_case_service(struct pam_case *c, const char *name, const char *text);

/* The agency's settings, anew. */
void pam_case_conf(struct pam_case *c, const char *text);
/* The day that shadow(5) would call today. */
long pam_case_today(void);
/* The account's line of shadow(5), anew. Negative days: an empty field. */
void pam_case_shadow(struct pam_case *c, const char *user, const char *field,
    long changed, long expires);
/* The minimum age in that line, which has none, anew. */
void pam_case_least_age(struct pam_case *c, const char *user, long days);
/* What is remembered of the account. */
struct ward_marks pam_case_marks(const struct pam_case *c, const char *user);

/* One handle. What is said to the user is kept. */
struct pam_login {
	pam_handle_t *pamh;
	int status;         /* of the last call */
	const char *answer; /* to every prompt; NULL: the user goes away */
	const char *const *answers; /* or one after the other, up to NULL */
	const char *(*next)(void *arg, size_t prompt); /* or what it says */
	void *arg;
	char said[8192];
	size_t first; /* how much was said before the first prompt */
	size_t prompts;
	struct pam_conv conv;
};

/* tty, rhost: may be NULL. */
void pam_login_start(const struct pam_case *c, const char *service,
    const char *user, const char *tty, const char *rhost,
    struct pam_login *ret_login);
void pam_login_end(struct pam_login *login);
/* Start, authenticate over the network with the password, end. */
int pam_log_in(const struct pam_case *c, const char *service, const char *user,
    const char *password);

/* How many passwords the probe has tested, of the kind: '+' '-' '!'. */
size_t pam_case_tested(const struct pam_case *c, char kind);
/* How many events there are of that id. */
size_t pam_case_events(const struct pam_case *c, const char *id);
/* Does any of their lines have this in it? */
bool pam_case_tells(const struct pam_case *c, const char *text);
/* The file of that name below the tree, free() it; NULL: there is none. */
char *pam_case_text(const struct pam_case *c, const char *path);

#endif
