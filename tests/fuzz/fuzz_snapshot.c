/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as a snapshot. What is handed on is judged, put in words in every
 * language, and written again: it comes back the same.
 */
#include <stdio.h>
#include <string.h>

#include "collect/collect.h"
#include "collect/snapshot/members.h"
#include "tests/fuzz/fuzz.h"

/* clang-format off */
#define RULE(id) "[" id "]\nclause = 1\n"
static const char plan_text[] =
    "[plan]\nid = F\ntitle = F\nagency = F\n"
    RULE("password.max_age") "days = 90\nmonths = 6\n"
    RULE("password.min_age") "days = 1\n"
    RULE("password.expiry_warning") "days = 14\n"
    RULE("password.change_at_first_login") RULE("password.required")
    RULE("password.hash") "sha_rounds = 100000\n"
    RULE("account.not_shared") RULE("account.dormant") "days = 90\n"
    RULE("account.expired") RULE("account.disabled")
    RULE("account.neutral_name") RULE("privileged.minimum");
/* clang-format on */

struct run {
	struct ward_evaluation *evaluation;
	FILE *stream;
	struct ward_facts_end end;
};

static void
clean(const char *value, char *text, size_t size)
{
	(void)snprintf(text, size, "%s", value);
}

static int
take_finding(void *arg, const struct ward_finding *finding)
{
	char text[4096];

	(void)arg;
	for (int language = 0; language <= WARD_CHINESE_TAIWAN; language++) {
		ward_finding_message(finding, language, clean, text,
		    sizeof(text));
		ward_finding_remedy(finding, language, clean, text,
		    sizeof(text));
	}
	return strlen(ward_rules[finding->rule].id) == 0;
}

/* All that renderers show of a path is there. */
static int
take_account(void *arg, const struct ward_account *account)
{
	struct run *run = arg;
	size_t shown = strlen(account->name) + strlen(account->home) +
	    strlen(account->shell) + strlen(account->entry.file);

	for (size_t i = 0; i < account->path_count; i++) {
		shown += strlen(account->paths[i].detail) +
		    strlen(account->paths[i].source.file) +
		    strlen(ward_path_kind_name(account->paths[i].kind));
	}
	if (shown == SIZE_MAX) {
		abort();
	}
	run->end.accounts++;
	if (run->stream != NULL &&
	    ward_facts_put(run->stream, &ward_facts_account_shape, account,
		NULL) == WARD_ERR_NOMEM) {
		abort();
	}
	return run->evaluation == NULL ?
	    0 :
	    ward_evaluate_account(run->evaluation, account);
}

static int
take_defect(void *arg, const struct ward_defect *defect)
{
	struct run *run = arg;

	if (strlen(defect->source.file) == SIZE_MAX) {
		abort();
	}
	run->end.defects++;
	if (run->stream != NULL &&
	    ward_facts_put(run->stream, &ward_facts_defect_shape, defect,
		NULL) == WARD_ERR_NOMEM) {
		abort();
	}
	return run->evaluation == NULL ?
	    0 :
	    ward_evaluate_defect(run->evaluation, defect);
}

static int
take_service(void *arg, const struct ward_service *service)
{
	struct run *run = arg;
	size_t shown = strlen(service->name);

	for (size_t i = 0; i < (size_t)WARD_CLAIMANTS * WARD_CLAIM_COUNT; i++) {
		const struct ward_claim *claim = &service->claims[0][0] + i;

		shown += strlen(ward_proof_name(claim->proof));
		for (size_t n = 0; n < claim->step_count; n++) {
			shown += strlen(claim->steps[n].source.file);
		}
	}
	if (shown == SIZE_MAX) {
		abort();
	}
	run->end.services++;
	if (run->stream != NULL &&
	    ward_facts_put(run->stream, &ward_facts_service_shape, service,
		NULL) == WARD_ERR_NOMEM) {
		abort();
	}
	return run->evaluation == NULL ?
	    0 :
	    ward_evaluate_service(run->evaluation, service);
}

static void
write_head(FILE *stream, const struct ward_snapshot *snapshot)
{
	const struct ward_host *host = ward_snapshot_host(snapshot);
	char now[WARD_MOMENT_SIZE];
	const struct ward_facts_head head = { .schema = WARD_FACTS_SCHEMA,
		.tool = "fuzz",
		.host = host->name,
		.as_of = now,
		.root_groups = ward_snapshot_root_groups(snapshot),
		.uid_min = host->uid_min,
		.uid_max = host->uid_max,
		.words_tried = host->words_tried,
		.door_plan = host->door_plan };

	ward_moment_format(host->now, now);
	if (ward_facts_put(stream, &ward_facts_head_shape, &head, NULL) ==
	    WARD_ERR_NOMEM) {
		abort();
	}
}

static struct ward_snapshot *
open_bytes(const void *bytes, size_t size, struct ward_error *err)
{
	int fd = fuzz_fd(bytes, size);
	struct ward_snapshot *snapshot = NULL;
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (ward_snapshot_open(path, &snapshot, err) != 0 &&
	    (snapshot != NULL || strncmp(err->text, path, strlen(path)) != 0 ||
		err->text[strlen(path)] != ':')) {
		abort();
	}
	(void)close(fd);
	return snapshot;
}

/* Read, judge if there is a plan, and write it to *ret_text. 0: all taken. */
static int
run_once(const void *bytes, size_t size, const struct ward_plan *plan,
    char **ret_text, size_t *ret_size)
{
	struct run run = { .evaluation = NULL };
	const struct ward_visitor visitor = { take_account, take_defect,
		take_service, &run };
	struct ward_error err = { .text = "" };
	struct ward_snapshot *snapshot = open_bytes(bytes, size, &err);
	struct ward_summary summary;
	int r;

	if (snapshot == NULL) {
		return -1;
	}
	if (ward_evaluation_new(plan, ward_snapshot_host(snapshot),
		take_finding, &run, &run.evaluation) != 0) {
		abort();
	}
	run.stream = open_memstream(ret_text, ret_size);
	if (run.stream == NULL) {
		abort();
	}
	write_head(run.stream, snapshot);
	r = ward_snapshot_each(snapshot, &visitor, &err);
	if (r < 0 && strstr(err.text, ": ") == NULL) {
		abort();
	}
	(void)ward_facts_put(run.stream, &ward_facts_end_shape, &run.end, NULL);
	(void)fclose(run.stream);
	(void)ward_evaluation_end(run.evaluation);
	ward_evaluation_summary(run.evaluation, &summary);
	ward_evaluation_free(run.evaluation);
	ward_snapshot_free(snapshot);
	return r;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct ward_plan *plan;
	char *first = NULL, *second = NULL;
	size_t first_size = 0, second_size = 0;
	struct ward_error err = { .text = "" };

	if (plan == NULL &&
	    ward_plan_parse("fuzz.conf", plan_text, sizeof(plan_text) - 1,
		&plan, &err) != 0) {
		(void)fprintf(stderr, "%s\n", err.text);
		abort();
	}
	if (run_once(bytes, size, plan, &first, &first_size) == 0 &&
	    (run_once(first, first_size, plan, &second, &second_size) != 0 ||
		first_size != second_size ||
		memcmp(first, second, first_size) != 0)) {
		(void)fprintf(stderr, "%s---\n%s", first,
		    second == NULL ? "refused" : second);
		abort();
	}
	free(first);
	free(second);
	return 0;
}
