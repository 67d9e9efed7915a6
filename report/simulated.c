/* SPDX-License-Identifier: BSD-2-Clause */
/* One account of a simulation. */
#include "report/simulation.h"

#include <stdlib.h>
#include <string.h>

/* ---- findings that outlive their call ---------------------------------------- */

static void
free_kept(struct ward_kept *kept)
{
	const struct ward_finding *f = &kept->finding;
	const char *const strings[] = { f->observed, f->required, f->unit,
		f->detail, f->source.file };

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		free((void *)(uintptr_t)strings[i]);
	}
	free(kept);
}

static struct ward_kept *
copy_finding(const struct ward_simulated *account,
    const struct ward_finding *finding, enum ward_act act)
{
	struct ward_kept *kept = calloc(1, sizeof(*kept));
	bool good = kept != NULL;

	if (!good) {
		return NULL;
	}
	kept->act = act;
	kept->finding = *finding;
	kept->finding.subject.name = account->name;
	{
		const char **const strings[] = { &kept->finding.observed,
			&kept->finding.required, &kept->finding.unit,
			&kept->finding.detail, &kept->finding.source.file };

		for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]);
		     i++) {
			if (*strings[i] != NULL) {
				*strings[i] = strdup(*strings[i]);
				good &= *strings[i] != NULL;
			}
		}
	}
	if (!good) {
		free_kept(kept);
		return NULL;
	}
	return kept;
}

int
ward_simulated_keep(struct ward_simulated *account,
    const struct ward_finding *finding, enum ward_act act)
{
	struct ward_kept *kept = copy_finding(account, finding, act);
	struct ward_kept **at = &account->findings;

	if (kept == NULL) {
		return WARD_ERR_NOMEM;
	}
	while (*at != NULL && (*at)->act >= act) {
		at = &(*at)->next;
	}
	kept->next = *at;
	*at = kept;
	account->act = account->findings->act;
	return 0;
}

void
ward_simulated_free(struct ward_simulated *account)
{
	while (account != NULL && account->findings != NULL) {
		struct ward_kept *kept = account->findings;

		account->findings = kept->next;
		free_kept(kept);
	}
	if (account != NULL) {
		free(account->name);
		free(account->fault);
		free(account->no_change);
	}
	free(account);
}

/* ---- ways in ------------------------------------------------------------------ */

/* Does it hand out all of root? A rule for some commands does not help whoever
 * has to mend the host. */
static bool
is_whole(const struct ward_path *path)
{
	const char *behind;

	switch (path->kind) {
	case WARD_PATH_SUDO: /* "(ALL : ALL) NOPASSWD: ALL" */
		behind = strchr(path->detail, ')');
		return behind != NULL && strstr(behind, " ALL") != NULL;
	case WARD_PATH_DOAS:
		return strstr(path->detail, " cmd ") == NULL;
	default:
		return true;
	}
}

static bool
asks_password(const struct ward_path *path)
{
	return (path->kind == WARD_PATH_SUDO &&
		   strstr(path->detail, "NOPASSWD:") == NULL) ||
	    (path->kind == WARD_PATH_DOAS &&
		strstr(path->detail, "nopass") == NULL);
}

unsigned int
ward_simulated_ways(const struct ward_host *host, const struct ward_account *a)
{
	bool whole = false, bare = false;
	unsigned int ways = 0;

	for (size_t i = 0; i < a->path_count; i++) {
		const bool good = is_whole(&a->paths[i]);

		whole |= good;
		bare |= good && !asks_password(&a->paths[i]);
	}
	if (!whole || !a->login_shell ||
	    ward_account_ended(a, ward_day_of(host->now.seconds))) {
		return 0;
	}
	if (a->password.state == WARD_PASSWORD_UNKNOWN) {
		return WARD_WAY_UNKNOWN;
	}
	if (a->password.state == WARD_PASSWORD_USABLE) {
		ways |= WARD_WAY_PASSWORD;
	}
	if (bare && a->key_count > 0) {
		ways |= WARD_WAY_KEY;
	}
	return ways == 0 &&
		(a->password.state == WARD_PASSWORD_EMPTY ||
		    (bare && !a->keys_known)) ?
	    WARD_WAY_UNKNOWN :
	    ways;
}
