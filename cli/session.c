/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
ward_session_check_plan(const struct ward_plan *plan, struct ward_error *err)
{
	const char *id = ward_plan_id(plan);

	return ward_plan_kind(plan) != WARD_KIND_REFERENCE ?
	    0 :
	    ward_error_set(err, WARD_ERR_MISSING,
		"%s is a reference, by which nothing is decided: name it "
		"beside a plan in acctward.conf: [acctward] packs = %s",
		id, id);
}

int
ward_session_plan(const struct ward_options *options, bool needed,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	struct ward_places places;
	int r = ward_places_find(options, &places, err);

	if (r != 0) {
		return r;
	}
	r = ward_plan_load(&places.places, options->plan, ret_plan, err);
	if (r == WARD_ERR_NO_PLAN && !needed) {
		r = 0;
	}
	ward_places_free(&places);
	return r != 0 || *ret_plan == NULL ?
	    r :
	    ward_session_check_plan(*ret_plan, err);
}

/* The groups that amount to root, as words. */
static const char *
root_groups(const struct ward_plan *plan)
{
	const char *words = plan != NULL ?
	    ward_plan_root_groups(plan) :
	    ward_settings[WARD_SET_CLASS_PRIVILEGED_GROUPS].builtin;

	return words == NULL ? "" : words;
}

/* Where it lies must not change with the session, which is handed over. */
static int
remember(struct ward_session *s, struct ward_moment now, struct ward_error *err)
{
	s->remembered = calloc(1, sizeof(*s->remembered));
	return s->remembered == NULL ?
	    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
	    ward_remembered_open(s->options->root, now, s->remembered, err);
}

/* Which plan the host's own doors hold to, whatever it is judged by; false:
 * it chooses none, or none that can be loaded. */
static bool
find_door_plan(const struct ward_session *s, char mark[WARD_MARK_SIZE])
{
	struct ward_options own = *s->options;
	struct ward_plan *plan = NULL;
	bool found;

	if (own.plan == NULL && own.config == NULL) {
		if (s->plan != NULL) {
			ward_plan_mark(s->plan, mark);
		}
		return s->plan != NULL;
	}
	own.plan = own.config = NULL;
	found = ward_session_plan(&own, true, &plan, NULL) == 0;
	if (found) {
		ward_plan_mark(plan, mark);
	}
	ward_plan_free(plan);
	return found;
}

static int
collect(struct ward_session *s, struct ward_error *err)
{
	char mark[WARD_MARK_SIZE];
	const struct ward_options *options = s->options;
	struct ward_collect_options collect = {
		.root = options->root == NULL ? "/" : options->root,
		.root_groups = root_groups(s->plan),
		.try_words = options->try_words,
		.progress = ward_progress_file,
	};
	int r = ward_now(options, &collect.now, err);

	if (find_door_plan(s, mark)) {
		collect.door_plan = mark;
	}
	if (r == 0) {
		r = remember(s, collect.now, err);
	}
	if (r == 0 && ward_remembered_any(s->remembered)) {
		collect.add = ward_remembered_add;
		collect.add_arg = s->remembered;
	}
	return r != 0 ? r : ward_collect(&collect, &s->collection, err);
}

/* The i-th file of --facts: its own argument, or one behind the options. */
static const char *
facts_file(const struct ward_options *options, size_t i)
{
	return i == 0 ? options->facts : options->argv[i - 1];
}

/* Who is privileged was decided when the facts were collected: a group that
 * was not looked at then can't be told now. */
static int
check_groups(const struct ward_session *s, struct ward_error *err)
{
	const char *there = ward_snapshot_root_groups(s->snapshot);
	const char *words = s->plan == NULL ? "" : root_groups(s->plan);
	char missing[256] = "";
	size_t used = 0;

	while (*words != '\0') {
		size_t size = strcspn(words, " ");

		if (!ward_words_have(there, words, size) &&
		    used < sizeof(missing)) {
			used += (size_t)snprintf(missing + used,
			    sizeof(missing) - used, "%s%.*s",
			    used > 0 ? " " : "", (int)size, words);
		}
		words += size;
		words += strspn(words, " ");
	}
	return used == 0 ?
	    0 :
	    ward_error_set(err, WARD_ERR_MISSING,
		"%s: collected without looking at groups that amount to root "
		"by plan %s: %s; collect again: acctward collect --plan %s",
		facts_file(s->options, s->host), ward_plan_id(s->plan), missing,
		ward_plan_id(s->plan));
}

/* Two of one name may be one host told twice. */
static int
note_name(struct ward_session *s, struct ward_error *err)
{
	const char *name = ward_snapshot_host(s->snapshot)->name;

	for (size_t i = 0; i < s->host; i++) {
		if (strcmp(s->names[i], name) == 0) {
			(void)ward_say_error("warning: %s and %s are both of "
					     "a host '%s'",
			    facts_file(s->options, i),
			    facts_file(s->options, s->host), name);
			break;
		}
	}
	s->names[s->host] = strdup(name);
	return s->names[s->host] != NULL ?
	    0 :
	    ward_error_set(err, WARD_ERR_NOMEM, "no memory");
}

static int
open_facts(struct ward_session *s, struct ward_error *err)
{
	const char *file = facts_file(s->options, s->host);
	int r;

	ward_progress_file(NULL, file, 0);
	r = ward_snapshot_open(file, &s->snapshot, err);
	if (r == 0) {
		r = check_groups(s, err);
	}
	return r != 0 ? r : note_name(s, err);
}

static void
close_all(struct ward_session *s)
{
	for (size_t i = 0; s->names != NULL && i < s->host_count; i++) {
		free(s->names[i]);
	}
	free(s->names);
	ward_snapshot_free(s->snapshot);
	ward_collection_free(s->collection);
	if (s->remembered != NULL) {
		ward_remembered_free(s->remembered);
		free(s->remembered);
	}
	ward_plan_free(s->plan);
	ward_progress_end();
}

int
ward_session_begin(const struct ward_options *options, bool needs_plan,
    struct ward_session *ret_session, struct ward_error *err)
{
	struct ward_session session = { .options = options, .host_count = 1 };
	int r;

	ward_progress_begin(options->quiet, ward_language(options));
	r = ward_session_plan(options, needs_plan, &session.plan, err);
	if (r != 0) {
		goto out;
	}
	if (options->facts != NULL) {
		session.host_count = (size_t)options->argc + 1;
		session.names = calloc(session.host_count,
		    sizeof(*session.names));
		r = session.names == NULL ?
		    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
		    open_facts(&session, err);
	} else {
		r = collect(&session, err);
	}
	if (r != 0) {
		goto out;
	}
	r = ward_output_open(options->output, &session.output, err);
	if (r != 0) {
		goto out;
	}
	*ret_session = session;
	return 0;
out:
	close_all(&session);
	return r;
}

int
ward_session_next(struct ward_session *session, struct ward_error *err)
{
	int r;

	if (session->host + 1 == session->host_count) {
		return 0;
	}
	ward_snapshot_free(session->snapshot);
	session->snapshot = NULL;
	session->host++;
	r = open_facts(session, err);
	return r != 0 ? r : 1;
}

int
ward_session_end(struct ward_session *session, int r, struct ward_error *err)
{
	struct ward_output *output = &session->output;

	if (r != 0 && output->stream != NULL && ferror(output->stream)) {
		r = ward_output_commit(output, err);
	} else if (r == WARD_ERR_NOMEM) {
		(void)ward_error_set(err, r, "no memory");
	}
	ward_output_discard(output);
	close_all(session);
	return r;
}

const struct ward_host *
ward_session_host(const struct ward_session *session)
{
	return session->snapshot != NULL ?
	    ward_snapshot_host(session->snapshot) :
	    ward_collection_host(session->collection);
}

/* Between the facts and whom they are for: counts the accounts. */
struct counting {
	const struct ward_visitor *visitor;
	const char *host;
	uint64_t accounts;
	bool shown;
};

static int
count_account(void *arg, const struct ward_account *account)
{
	struct counting *counting = arg;

	counting->accounts++;
	if (counting->shown) {
		ward_progress_accounts(counting->host, counting->accounts);
	}
	return counting->visitor->account(counting->visitor->arg, account);
}

static int
count_defect(void *arg, const struct ward_defect *defect)
{
	const struct counting *counting = arg;

	return counting->visitor->defect(counting->visitor->arg, defect);
}

static int
hand_on_service(void *arg, const struct ward_service *service)
{
	const struct counting *counting = arg;

	return counting->visitor->service(counting->visitor->arg, service);
}

int
ward_session_each(struct ward_session *session,
    const struct ward_visitor *visitor, struct ward_error *err)
{
	struct counting counting = { .visitor = visitor,
		.host = ward_session_host(session)->name };
	const struct ward_visitor counted = { count_account, count_defect,
		visitor->service == NULL ? NULL : hand_on_service, &counting };
	int r;

	/* On one terminal the two would write over one another. */
	counting.shown = !session->streams ||
	    !isatty(fileno(session->output.stream));
	if (!counting.shown) {
		ward_progress_wipe();
	}
	r = session->snapshot != NULL ?
	    ward_snapshot_each(session->snapshot, &counted, err) :
	    ward_collection_each(session->collection, &counted, err);
	ward_progress_wipe();
	return r;
}
