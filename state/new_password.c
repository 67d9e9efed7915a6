/* SPDX-License-Identifier: BSD-2-Clause */
/* A new password, from what is known of its account to what follows. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "state/dirs.h"

/* What the findings come to, on their way to the caller's sink. */
struct verdict {
	ward_finding_fn *sink;
	void *arg;
	enum ward_act act;
	bool stranger;
};

static int
weigh(void *arg, const struct ward_finding *finding)
{
	struct verdict *verdict = arg;
	struct ward_finding told = *finding;
	enum ward_act act;

	/* Those of another host's accounts are that one's to compare. */
	if (verdict->stranger && told.rule == WARD_RULE_PASSWORD_HISTORY &&
	    told.verdict == WARD_UNKNOWN) {
		told.verdict = WARD_NOTAPPLICABLE;
	}
	act = ward_finding_act(&told);
	verdict->act = act > verdict->act ? act : verdict->act;
	return verdict->sink == NULL ? 0 : verdict->sink(verdict->arg, &told);
}

struct ward_moment
ward_moment_now(void)
{
	struct ward_moment moment = { .seconds = time(NULL) };
	const time_t now = (time_t)moment.seconds;
	struct tm local;

	if ((getenv("TZ") == NULL || secure_getenv("TZ") != NULL) &&
	    localtime_r(&now, &local) != NULL) {
		moment.zone = (int)(local.tm_gmtoff / 60);
	}
	return moment;
}

/* The facts of an account that this host does not have: its name alone. */
static const struct ward_account *
account_of(const struct ward_new_password *new, struct ward_account *stranger)
{
	if (new->local != NULL) {
		return ward_local_account(new->local);
	}
	*stranger = (struct ward_account){ .name = new->name };
	return stranger;
}

static enum ward_class
class_of(const struct ward_order *order, const struct ward_new_password *new)
{
	return new->local == NULL ?
	    WARD_CLASS_PERSON :
	    ward_account_class(&order->host, ward_local_account(new->local));
}

/* Why whoever only peeks can't be told; NULL: it can be. Of somebody else's
 * account even the current password is not there to be compared. */
static const char *
unseen(const struct ward_state *state, const struct ward_local *local)
{
	if (state->use != WARD_STATE_PEEK) {
		return NULL;
	}
	return state->shut || ward_local_account(local)->shadow_why != NULL ?
	    N_("its older passwords can't be read (run as root)") :
	    NULL;
}

static int
find_reuse(struct ward_state *state, const struct ward_order *order,
    const struct ward_new_password *new, const char *password,
    struct ward_candidate *candidate, struct ward_error *err)
{
	uint32_t older = 0;
	bool strange = false;
	int r;

	if (new->random) {
		candidate->reuse = WARD_REUSE_NOT;
		return 0;
	}
	if (new->local == NULL) {
		candidate->reuse_why = N_("its older passwords are not kept "
					  "on this host");
		return 0;
	}
	if (!ward_plan_history(order->plan, class_of(order, new), &older)) {
		return 0;
	}
	candidate->reuse_why = unseen(state, new->local);
	if (candidate->reuse_why != NULL) {
		return 0;
	}
	r = ward_history_find(state, new->name, ward_local_field(new->local),
	    older, password, &candidate->reuse, &candidate->older, &strange,
	    err);
	if (r == WARD_ERR_DENIED && state->use == WARD_STATE_PEEK) {
		candidate->reuse_why = N_(
		    "its older passwords can't be read (run as root)");
		r = 0;
	}
	return r;
}

static int
look(struct ward_state *state, const struct ward_order *order,
    const struct ward_weak_places *places, const struct ward_new_password *new,
    const char *password, size_t size, struct ward_candidate *ret_candidate,
    char lacks[256], struct ward_error *err)
{
	const struct ward_candidate_of of = { .name = new->name,
		.gecos = new->local == NULL ? NULL :
					      ward_local_gecos(new->local),
		.old = new->old };
	struct ward_weak *weak = NULL;
	int r = 0;

	if (ward_plan_strength(order->plan, WARD_RULE_PASSWORD_WEAK,
		class_of(order, new)) < WARD_REFERENCE) {
		r = ward_weak_open(order->plan, places, &weak, err);
	}
	if (r == 0) {
		r = ward_candidate_look(weak, &of, password, size,
		    ret_candidate, err);
	}
	if (r == 0) {
		r = find_reuse(state, order, new, password, ret_candidate, err);
	}
	if (lacks != NULL) {
		const char *missing = weak == NULL ? NULL :
						     ward_weak_lacks(weak);

		(void)snprintf(lacks, 256, "%s",
		    missing == NULL ? "" : missing);
	}
	ward_weak_free(weak);
	return r;
}

int
ward_new_password_judge(struct ward_state *state,
    const struct ward_order *order, const struct ward_weak_places *places,
    const struct ward_new_password *new, const char *password, size_t size,
    ward_finding_fn *sink, void *arg, enum ward_act *ret_act, char lacks[256],
    struct ward_error *err)
{
	struct verdict verdict = { sink, arg, WARD_ACT_NONE,
		new->local == NULL };
	struct ward_host host = order->host;
	struct ward_evaluation *evaluation = NULL;
	struct ward_candidate candidate;
	struct ward_account stranger;
	int r;

	host.now = ward_moment_now();
	r = look(state, order, places, new, password, size, &candidate, lacks,
	    err);
	if (r != 0) {
		return r;
	}
	candidate.reset = new->reset;
	candidate.forced = new->forced;
	r = ward_evaluation_new(order->plan, &host, weigh, &verdict,
	    &evaluation);
	if (r == 0) {
		r = ward_evaluate_candidate(evaluation,
		    account_of(new, &stranger), &candidate);
	}
	ward_evaluation_free(evaluation);
	explicit_bzero(&candidate, sizeof(candidate));
	if (r != 0) {
		return ward_error_set(err, r, "the plan can't be judged by");
	}
	if (new->reset && verdict.act > WARD_ACT_WARN &&
	    !ward_plan_holds_resets(order->plan, class_of(order, new))) {
		verdict.act = WARD_ACT_WARN;
	}
	*ret_act = verdict.act;
	return 0;
}

int
ward_new_password_demands(const struct ward_order *order,
    const struct ward_new_password *new, ward_finding_fn *sink, void *arg,
    struct ward_error *err)
{
	struct ward_evaluation *evaluation = NULL;
	struct ward_host host = order->host;
	struct ward_account stranger, account;
	int r;

	host.now = ward_moment_now();
	r = ward_evaluation_new(order->plan, &host, sink, arg, &evaluation);
	if (r == 0) {
		account = *account_of(new, &stranger);
		/* Then it may be changed whatever its age. */
		account.temporary |= new->reset || new->forced;
		r = ward_evaluate_demands(evaluation, &account);
	}
	ward_evaluation_free(evaluation);
	return r == 0 ? 0 :
			ward_error_set(err, r, "the plan can't be judged by");
}
