/* SPDX-License-Identifier: BSD-2-Clause */
/* What the formats of a simulation say alike. */
#include "report/formats.h"
#include "report/simulation.h"

#include <string.h>

static bool
cite_alike(const struct ward_citations *a, const struct ward_citations *b)
{
	for (size_t i = 0; i < a->count && a->count == b->count; i++) {
		if (strcmp(a->list[i].plan, b->list[i].plan) != 0 ||
		    strcmp(a->list[i].clauses, b->list[i].clauses) != 0) {
			return false;
		}
	}
	return a->count == b->count;
}

bool
ward_lockout_same(const struct ward_simulated_lockout *a,
    const struct ward_simulated_lockout *b)
{
	return a->asked == b->asked && a->given == b->given &&
	    a->agency == b->agency && a->attempts == b->attempts &&
	    a->seconds == b->seconds && cite_alike(&a->shall, &b->shall) &&
	    cite_alike(&a->should, &b->should);
}

/* What should be may be the stricter, and is cited as well. */
void
ward_lockout_clauses(const struct ward_simulated_lockout *lockout, char *text,
    size_t size)
{
	size_t used;

	ward_citations_text(&lockout->shall, text, size);
	used = strlen(text);
	if (lockout->should.count > 0 && used + 2 < size) {
		used += (size_t)snprintf(text + used, size - used, "%s",
		    used > 0 ? "; " : "");
		ward_citations_text(&lockout->should, text + used, size - used);
	}
}

void
ward_simulated_lockout_text(const struct ward_report *report,
    const struct ward_simulated_lockout *lockout, char *text, size_t size)
{
	if (lockout->given) {
		(void)snprintf(text, size,
		    ward_text(report->language,
			"%u of them lock the account for %u seconds"),
		    lockout->attempts, lockout->seconds);
		return;
	}
	(void)snprintf(text, size, "%s",
	    ward_text(report->language,
		lockout->asked ?
		    N_("none would be counted, as the plan asks for a lockout "
		       "without its numbers; set attempts and seconds of "
		       "[login.lockout] in acctward.conf") :
		    N_("none would be counted, as the plan asks for no "
		       "lockout; name a pack in acctward.conf, or set "
		       "[login.lockout] there")));
}

void
ward_ways_text(const struct ward_report *report,
    const struct ward_simulated *account, char *text, size_t size)
{
	static const char *const words[] = {
		[0] = "",
		[WARD_WAY_PASSWORD] = N_("by password"),
		[WARD_WAY_KEY] = N_("by key"),
		[WARD_WAY_PASSWORD | WARD_WAY_KEY] = N_("by password or key"),
		[WARD_WAY_UNKNOWN] = N_("not known"),
	};
	const char *word = account->console &&
		account->ways == WARD_WAY_PASSWORD ?
	    N_("at the local console only") :
	    words[account->ways];

	(void)snprintf(text, size, "%s", ward_text(report->language, word));
}

void
ward_fault_text(const struct ward_report *report, const char *fault, char *text,
    size_t size)
{
	char why[WARD_CLEAN_SIZE];

	ward_clean_text(fault, why, sizeof(why));
	(void)snprintf(text, size,
	    ward_text(report->language,
		"the log-in door can't do its work: %s"),
	    why);
}

void
ward_days_text(const struct ward_report *report,
    const struct ward_simulated *account, char *text, size_t size)
{
	(void)snprintf(text, size,
	    ward_text(report->language,
		account->ends ? N_("days until the account ends: %lld") :
				N_("days until the password has to be "
				   "changed: %lld")),
	    (long long)account->days_left.value);
}

const char *
ward_root_text(const struct ward_simulation *simulation)
{
	static const char *const words[] = {
		[WARD_ROOT_UNKNOWN] = N_("IT IS NOT KNOWN WHETHER ANYBODY WITH "
					 "ROOT'S POWERS WOULD GET IN"),
		[WARD_ROOT_NOBODY] = N_("NOBODY WITH ROOT'S POWERS WOULD GET "
					"IN ANY MORE"),
		[WARD_ROOT_CONSOLE] = N_("WITH ROOT'S POWERS NOBODY WOULD GET "
					 "IN BUT AT THE LOCAL CONSOLE"),
		[WARD_ROOT_KEPT] = N_("Somebody with root's powers would get "
				      "in"),
		[WARD_ROOT_NOT_JUDGED] = N_("Whether anybody with root's "
					    "powers would get in was not "
					    "looked at"),
	};

	return simulation->root == WARD_ROOT_NOBODY && !simulation->root_now ?
	    N_("NOBODY WITH ROOT'S POWERS WOULD GET IN, AND NOBODY DOES NOW") :
	    words[simulation->root];
}

bool
ward_simulated_is_stuck(const struct ward_simulation *simulation,
    const struct ward_simulated *account)
{
	return simulation->changes != NULL &&
	    (simulation->changes->fault != NULL ||
		account->no_change != NULL) &&
	    account->act == WARD_ACT_CHANGE;
}

const char *
ward_kept_note(const struct ward_simulated *account,
    const struct ward_kept *kept)
{
	const bool dormant = kept->finding.rule == WARD_RULE_ACCOUNT_DORMANT;

	if (kept->act == WARD_ACT_CHANGE && account->keys.known &&
	    account->keys.value > 0) {
		return N_("who comes by key is told, not stopped");
	}
	if (kept->act == WARD_ACT_WARN && account->put_off &&
	    ward_finding_act(&kept->finding) == WARD_ACT_CHANGE) {
		return N_("by the minimum age in shadow(5) it can't be changed "
			  "yet: told, not stopped");
	}
	if (kept->act != WARD_ACT_REFUSE || !dormant) {
		return NULL;
	}
	return account->console ?
	    N_("not at the local console; if it is needed, have its user log "
	       "in before the module is enabled") :
	    N_("if it is needed, have its user log in before the module is "
	       "enabled");
}
