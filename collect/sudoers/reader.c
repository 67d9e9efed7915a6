/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/reader.h"

#include <string.h>

#include "collect/sudoers/repair.h"

int
ward_sudo_strange(struct ward_sudo_reader *r, const char *what)
{
	return ward_error_set(r->err, WARD_ERR_TOOL,
	    "cvtsudoers: its JSON is not as expected: %s",
	    ward_error_text(r->err, what));
}

int
ward_sudo_no_memory(struct ward_sudo_reader *r)
{
	return ward_error_set(r->err, WARD_ERR_NOMEM, "no memory");
}

char *
ward_sudo_copy(struct ward_sudo_reader *r, const json_t *string)
{
	char *text = ward_pool_copy(r->model->pool, json_string_value(string),
	    json_string_length(string));

	if (text != NULL && r->bytes) {
		ward_sudo_bytes(text);
	}
	return text;
}

/* ---- members ------------------------------------------------------------ */

static const struct member_key {
	const char *key;
	enum ward_sudo_kind kind;
	bool number;
} member_keys[] = {
	{ "username", WARD_SUDO_NAME, false },
	{ "userid", WARD_SUDO_UID, true },
	{ "usergroup", WARD_SUDO_GROUP, false },
	{ "usergid", WARD_SUDO_GID, true },
	{ "netgroup", WARD_SUDO_NETGROUP, false },
	{ "nonunixgroup", WARD_SUDO_OTHER_GROUP, false },
	{ "nonunixgid", WARD_SUDO_OTHER_GROUP, true },
	{ "hostname", WARD_SUDO_NAME, false },
	{ "networkaddr", WARD_SUDO_NETWORK, false },
	{ "command", WARD_SUDO_COMMAND, false },
	{ "useralias", WARD_SUDO_ALIAS_NAME, false },
	{ "runasalias", WARD_SUDO_ALIAS_NAME, false },
	{ "hostalias", WARD_SUDO_ALIAS_NAME, false },
	{ "cmndalias", WARD_SUDO_ALIAS_NAME, false },
};

static const struct member_key *
find_key(const char *key)
{
	for (size_t i = 0; i < sizeof(member_keys) / sizeof(member_keys[0]);
	     i++) {
		if (strcmp(key, member_keys[i].key) == 0) {
			return &member_keys[i];
		}
	}
	return NULL;
}

static int
read_number(struct ward_sudo_reader *r, const json_t *value,
    struct ward_sudo_member *member)
{
	char name[16];
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < 0 || n > UINT32_MAX) {
		return ward_sudo_strange(r, N_("an id is no id"));
	}
	member->id = (uint32_t)n;
	snprintf(name, sizeof(name), "#%u", member->id);
	member->name = ward_pool_copy(r->model->pool, name, strlen(name));
	return member->name == NULL ? ward_sudo_no_memory(r) : 0;
}

static int
read_name(struct ward_sudo_reader *r, const char *key, const json_t *value,
    struct ward_sudo_member *member)
{
	if (!json_is_string(value)) {
		return ward_sudo_strange(r, key);
	}
	member->name = ward_sudo_copy(r, value);
	if (member->name == NULL) {
		return ward_sudo_no_memory(r);
	}
	if (member->kind == WARD_SUDO_NAME && member->name[0] == '\0') {
		member->kind = WARD_SUDO_MYSELF;
	}
	if ((member->kind == WARD_SUDO_NAME ||
		member->kind == WARD_SUDO_COMMAND) &&
	    strcmp(member->name, "ALL") == 0) {
		member->kind = WARD_SUDO_ALL;
	}
	return 0;
}

static int
read_key(struct ward_sudo_reader *r, const char *key, const json_t *value,
    struct ward_sudo_member *member)
{
	const struct member_key *known = find_key(key);

	if (strcmp(key, "negated") == 0) {
		member->negated = json_is_true(value);
		return json_is_boolean(value) ? 0 : ward_sudo_strange(r, key);
	}
	if (strncmp(key, "sha", 3) == 0) {
		member->digest = true;
		return json_is_string(value) ? 0 : ward_sudo_strange(r, key);
	}
	if (known == NULL || member->name != NULL) {
		return ward_sudo_strange(r, key);
	}
	member->kind = known->kind;
	return known->number ? read_number(r, value, member) :
			       read_name(r, key, value, member);
}

static int
read_member(struct ward_sudo_reader *r, json_t *object,
    struct ward_sudo_member *member)
{
	const char *key;
	json_t *value;
	int rc;

	if (!json_is_object(object)) {
		return ward_sudo_strange(r, N_("a member"));
	}
	json_object_foreach(object, key, value)
	{
		rc = read_key(r, key, value, member);
		if (rc != 0) {
			return rc;
		}
	}
	if (member->name == NULL) {
		return ward_sudo_strange(r, N_("a member without a name"));
	}
	if (member->kind == WARD_SUDO_COMMAND) {
		member->command = ward_sudo_command(r->model, member->name);
		if (member->command == NULL) {
			return ward_sudo_no_memory(r);
		}
	}
	return 0;
}

int
ward_sudo_read_list(struct ward_sudo_reader *r, const json_t *array,
    const char *what, struct ward_sudo_list *ret_list)
{
	struct ward_sudo_list list = { .count = json_array_size(array) };
	int rc = 0;

	if (!json_is_array(array) || list.count == 0) {
		return ward_sudo_strange(r, what);
	}
	list.members = ward_pool_take(r->model->pool,
	    list.count * sizeof(list.members[0]));
	if (list.members == NULL) {
		return ward_sudo_no_memory(r);
	}
	for (size_t i = 0; i < list.count && rc == 0; i++) {
		rc = read_member(r, json_array_get(array, i), &list.members[i]);
	}
	*ret_list = list;
	return rc;
}

int
ward_sudo_read_groups(struct ward_sudo_reader *r, const json_t *array,
    struct ward_sudo_list *list)
{
	int rc = ward_sudo_read_list(r, array, "runasgroups", list);

	for (size_t i = 0; i < list->count && rc == 0; i++) {
		struct ward_sudo_member *m = &list->members[i];
		uint64_t id;

		if (m->kind != WARD_SUDO_GROUP) {
			continue;
		}
		if (strcmp(m->name, "ALL") == 0) {
			m->kind = WARD_SUDO_ALL;
		} else if (m->name[0] == '#' &&
		    ward_parse_uint(m->name + 1, 0, UINT32_MAX, &id) == 0) {
			m->kind = WARD_SUDO_GID;
			m->id = (uint32_t)id;
		}
	}
	return rc;
}
