/* SPDX-License-Identifier: BSD-2-Clause */
/* A snapshot, line by line: memory holds one of them. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/lines.h"
#include "collect/collect.h"
#include "collect/snapshot/members_read.h"

#define SCHEMA_NAME "acctward-facts/"

struct ward_snapshot {
	char *path; /* as it is told */
	struct ward_lines *lines;
	struct ward_facts_place place;
	json_t *line;           /* what was handed on last */
	struct ward_pool *pool; /* what belongs to that line */
	struct ward_host host;
	char *host_name, *root_groups, *door_plan;
	struct ward_facts_end seen;
	bool ended;
};

/* The line as JSON, and its "type"; whatever else it is, it is refused. */
static int
parse(struct ward_snapshot *s, const struct ward_line *line,
    const char **ret_type)
{
	json_error_t fault;
	const char *type;

	if (line->cut || line->size > WARD_FACTS_LINE_MAX) {
		return ward_facts_refuse(&s->place, WARD_ERR_RANGE,
		    "the line is longer than %zu bytes", WARD_FACTS_LINE_MAX);
	}
	if (memchr(line->text, '\0', line->size) != NULL) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "the line holds a NUL byte");
	}
	if (!ward_utf8_valid(line->text, line->size)) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "the line is not UTF-8");
	}
	if (!line->whole) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "the line is torn: the file ends within it");
	}
	s->line = json_loadb(line->text, line->size, JSON_REJECT_DUPLICATES,
	    &fault);
	if (s->line == NULL &&
	    json_error_code(&fault) == json_error_out_of_memory) {
		return ward_error_set(s->place.err, WARD_ERR_NOMEM,
		    "out of memory");
	}
	if (s->line == NULL) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "must be one JSON object: %s", fault.text);
	}
	type = json_string_value(json_object_get(s->line, "type"));
	if (type == NULL) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "must be an object with a \"type\"");
	}
	*ret_type = type;
	return 0;
}

/* Drop the line before. 1: another one; 0: the file ends. */
static int
next_line(struct ward_snapshot *s, struct ward_line *ret_line,
    struct ward_error *err)
{
	int r;

	s->place.err = err;
	json_decref(s->line);
	s->line = NULL;
	ward_pool_free(s->pool);
	s->pool = ward_pool_new();
	if (s->pool == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "out of memory");
	}
	errno = 0;
	r = ward_lines_next(s->lines, ret_line);
	if (r < 0) {
		return ward_error_set(err, r, "%s: %s", s->path,
		    r == WARD_ERR_NOMEM ? "out of memory" : strerror(errno));
	}
	s->place.line = r > 0 ? ret_line->number : s->place.line + 1;
	return r;
}

/* A file of another kind. */
static int
refuse_other(const struct ward_snapshot *s, const char *before)
{
	return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
	    "%sthis is no snapshot: `acctward collect` makes one, which begins "
	    "with {\"type\":\"snapshot\",\"schema\":\"%s\"",
	    before, WARD_FACTS_SCHEMA);
}

/* A schema of a later version is told as that, whatever else it has. */
static int
check_schema(struct ward_snapshot *s, const char *type)
{
	const char *schema = json_string_value(
	    json_object_get(s->line, "schema"));
	uint64_t version;

	if (type == NULL || strcmp(type, "snapshot") != 0 || schema == NULL ||
	    strncmp(schema, SCHEMA_NAME, strlen(SCHEMA_NAME)) != 0) {
		return refuse_other(s, "");
	}
	if (strcmp(schema, WARD_FACTS_SCHEMA) == 0) {
		return 0;
	}
	if (ward_parse_uint(schema + strlen(SCHEMA_NAME), 2, UINT64_MAX,
		&version) != 0) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "there is no '%.64s'; this version reads %s", schema,
		    WARD_FACTS_SCHEMA);
	}
	return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
	    "the snapshot is %.64s, from a newer version of acctward; this "
	    "one (%s) reads %s",
	    schema, WARD_VERSION, WARD_FACTS_SCHEMA);
}

/* Written in the one form that there is: nothing is left to guess. */
static int
take_moment(const struct ward_snapshot *s, const char *key, const char *text,
    struct ward_moment *ret_moment)
{
	char again[WARD_MOMENT_SIZE];
	struct ward_moment moment;
	int r = ward_moment_parse(text, 0, &moment);

	if (r == 0) {
		ward_moment_format(moment, again);
	}
	if (r != 0 || strcmp(again, text) != 0) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "snapshot.%s: '%.64s' is not a moment as "
		    "2026-11-20T10:00:00+08:00",
		    key, text);
	}
	*ret_moment = moment;
	return 0;
}

static int
take_head(struct ward_snapshot *s)
{
	struct ward_facts_head head;
	struct ward_moment collected;
	int r = ward_facts_take(&s->place, s->pool, &ward_facts_head_shape,
	    s->line, &head);

	if (r != 0) {
		return r;
	}
	if (*head.host == '\0') {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "snapshot.host: must not be empty");
	}
	r = take_moment(s, "as_of", head.as_of, &s->host.now);
	if (r == 0 && head.collected != NULL) {
		r = take_moment(s, "collected", head.collected, &collected);
	}
	if (r != 0) {
		return r;
	}
	s->host_name = strdup(head.host);
	s->root_groups = strdup(head.root_groups);
	s->door_plan = head.door_plan == NULL ? NULL : strdup(head.door_plan);
	if (s->host_name == NULL || s->root_groups == NULL ||
	    (head.door_plan != NULL && s->door_plan == NULL)) {
		return ward_error_set(s->place.err, WARD_ERR_NOMEM,
		    "out of memory");
	}
	s->host.name = s->host_name;
	s->host.uid_min = head.uid_min;
	s->host.uid_max = head.uid_max;
	s->host.words_tried = head.words_tried;
	s->host.door_plan = s->door_plan;
	return 0;
}

static int
read_head(struct ward_snapshot *s, struct ward_error *err)
{
	struct ward_line line;
	const char *type = NULL;
	int r = next_line(s, &line, err);

	if (r == 0) {
		return refuse_other(s,
		    ward_error_text(err, "the file is empty; "));
	}
	if (r > 0) {
		r = parse(s, &line, &type);
	}
	if (r == WARD_ERR_SYNTAX && s->line == NULL && line.whole) {
		return refuse_other(s, "");
	}
	if (r == 0 || s->line != NULL) {
		r = check_schema(s, type);
	}
	return r != 0 ? r : take_head(s);
}

int
ward_snapshot_open(const char *path, struct ward_snapshot **ret_snapshot,
    struct ward_error *err)
{
	bool input = strcmp(path, "-") == 0;
	struct ward_snapshot *s = calloc(1, sizeof(*s));
	int fd, r = WARD_ERR_NOMEM;

	if (s != NULL) {
		s->path = strdup(
		    input ? ward_error_text(err, "standard input") : path);
	}
	if (s == NULL || s->path == NULL) {
		r = ward_error_set(err, WARD_ERR_NOMEM, "out of memory");
		goto out;
	}
	s->place = (struct ward_facts_place){ .file = s->path, .err = err };
	fd = input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) :
		     open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		r = ward_error_set(err,
		    errno == ENOENT ? WARD_ERR_MISSING : WARD_ERR_IO, "%s: %s",
		    s->path, strerror(errno));
		goto out;
	}
	r = ward_lines_new(fd, &s->lines);
	if (r != 0) {
		r = ward_error_set(err, r, "out of memory");
		goto out;
	}
	r = read_head(s, err);
	if (r == 0) {
		*ret_snapshot = s;
		s = NULL;
	}
out:
	ward_snapshot_free(s);
	return r;
}

void
ward_snapshot_free(struct ward_snapshot *snapshot)
{
	if (snapshot == NULL) {
		return;
	}
	json_decref(snapshot->line);
	ward_pool_free(snapshot->pool);
	ward_lines_free(snapshot->lines);
	free(snapshot->host_name);
	free(snapshot->root_groups);
	free(snapshot->door_plan);
	free(snapshot->path);
	free(snapshot);
}

const struct ward_host *
ward_snapshot_host(const struct ward_snapshot *snapshot)
{
	return &snapshot->host;
}

const char *
ward_snapshot_root_groups(const struct ward_snapshot *snapshot)
{
	return snapshot->root_groups;
}

static int
take_account(struct ward_snapshot *s, const struct ward_visitor *visitor)
{
	struct ward_account account;
	int r = ward_facts_take(&s->place, s->pool, &ward_facts_account_shape,
	    s->line, &account);

	s->seen.accounts++;
	if (r == 0 && s->seen.services > 0) {
		/* Services are judged by the accounts there are. */
		r = ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "an account behind a service: accounts come first");
	}
	return r != 0 ? r : visitor->account(visitor->arg, &account);
}

static int
take_defect(struct ward_snapshot *s, const struct ward_visitor *visitor)
{
	struct ward_defect defect;
	int r = ward_facts_take(&s->place, s->pool, &ward_facts_defect_shape,
	    s->line, &defect);

	s->seen.defects++;
	return r != 0 ? r : visitor->defect(visitor->arg, &defect);
}

/* Nobody may want it; but what is no service is refused all the same. */
static int
take_service(struct ward_snapshot *s, const struct ward_visitor *visitor)
{
	struct ward_service service;
	int r = ward_facts_take(&s->place, s->pool, &ward_facts_service_shape,
	    s->line, &service);

	s->seen.services++;
	return r != 0 || visitor->service == NULL ?
	    r :
	    visitor->service(visitor->arg, &service);
}

/* The last line tells how many there were: none is lost, none is added. */
static int
take_end(struct ward_snapshot *s, const struct ward_visitor *visitor)
{
	struct ward_facts_end end;
	int r = ward_facts_take(&s->place, s->pool, &ward_facts_end_shape,
	    s->line, &end);

	(void)visitor;
	if (r == 0 &&
	    (end.accounts != s->seen.accounts ||
		end.defects != s->seen.defects)) {
		r = ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "there should be %lld accounts and %lld defects before "
		    "this line, but there are %lld and %lld",
		    (long long)end.accounts, (long long)end.defects,
		    (long long)s->seen.accounts, (long long)s->seen.defects);
	}
	if (r == 0 && end.services != s->seen.services) {
		r = ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "there should be %lld services before this line, but there "
		    "are %lld",
		    (long long)end.services, (long long)s->seen.services);
	}
	if (r == 0 && end.accounts == 0) {
		/* As without passwd(5): nothing to judge, nothing passes. */
		r = ward_facts_refuse(&s->place, WARD_ERR_MISSING,
		    "no account in the snapshot");
	}
	s->ended = true;
	return r;
}

static int
take_line(struct ward_snapshot *s, const struct ward_line *line,
    const struct ward_visitor *visitor)
{
	static const struct {
		const struct ward_shape *shape;
		int (*take)(struct ward_snapshot *s,
		    const struct ward_visitor *visitor);
	} types[] = {
		{ &ward_facts_account_shape, take_account },
		{ &ward_facts_defect_shape, take_defect },
		{ &ward_facts_service_shape, take_service },
		{ &ward_facts_end_shape, take_end },
	};
	const char *type;
	int r;

	if (s->ended) {
		return ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		    "there is more behind the line of type 'end'");
	}
	r = parse(s, line, &type);
	for (size_t i = 0; r == 0 && i < sizeof(types) / sizeof(types[0]);
	     i++) {
		if (strcmp(types[i].shape->type, type) == 0) {
			return types[i].take(s, visitor);
		}
	}
	return r != 0 ?
	    r :
	    ward_facts_refuse(&s->place, WARD_ERR_SYNTAX,
		"type '%.64s' is none of: account defect service end", type);
}

int
ward_snapshot_each(struct ward_snapshot *snapshot,
    const struct ward_visitor *visitor, struct ward_error *err)
{
	struct ward_line line;
	int r;

	while ((r = next_line(snapshot, &line, err)) > 0) {
		r = take_line(snapshot, &line, visitor);
		if (r != 0) {
			return r;
		}
	}
	if (r == 0 && !snapshot->ended) {
		r = ward_facts_refuse(&snapshot->place, WARD_ERR_SYNTAX,
		    "the snapshot is cut off: the line of type 'end' is "
		    "missing");
	}
	return r;
}
