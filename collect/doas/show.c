/* SPDX-License-Identifier: BSD-2-Clause */
/* How a rule is shown, and whether it hands out more than it seems to. */
#include <limits.h>
#include <string.h>

#include "collect/doas/rules.h"
#include "collect/sudoers/excess.h"
#include "collect/sudoers/ready.h"

/* What is shown, up to where it was cut. */
struct shown {
	char text[WARD_SUDO_SHOWN + 8];
	bool cut;
};

static void
append(struct shown *shown, const char *more)
{
	if (!shown->cut) {
		shown->cut = !ward_sudo_append(shown->text, more);
	}
}

/* In quotes where it would not be one word without. */
static void
append_word(struct shown *shown, const char *word)
{
	char one[3] = "";

	if (shown->text[0] != '\0') {
		append(shown, " ");
	}
	if (*word != '\0' && strpbrk(word, " \t\n{}#\"\\") == NULL) {
		append(shown, word);
		return;
	}
	append(shown, "\"");
	for (; *word != '\0'; word++) {
		bool escape = *word == '"' || *word == '\\';

		(void)snprintf(one, sizeof(one), "%s%c", escape ? "\\" : "",
		    *word);
		append(shown, one);
	}
	append(shown, "\"");
}

/* What a variable is set to may be a secret. */
static void
append_setenv(struct shown *shown, const struct ward_doas_list *list)
{
	append_word(shown, "setenv");
	append(shown, " {");
	for (uint32_t i = 0; i < list->count; i++) {
		char name[WARD_SUDO_SHOWN];
		size_t size = strcspn(list->words[i], "=");

		(void)snprintf(name, sizeof(name), "%.*s%s", (int)size,
		    list->words[i], list->words[i][size] == '\0' ? "" : "=...");
		append_word(shown, name);
	}
	append(shown, " }");
}

static void
append_command(struct shown *shown, const struct ward_doas_rule *rule,
    const char *args)
{
	append_word(shown, rule->cmd);
	if (rule->has_args && args != NULL) {
		append_word(shown, args);
	}
	for (uint32_t i = 0; i < rule->args.count; i++) {
		append_word(shown, rule->args.words[i]);
	}
}

static int
show_rule(struct ward_doas_rule *rule, struct ward_pool *pool)
{
	struct shown whole = { "permit", false }, command = { "", false };
	const struct {
		bool on;
		const char *word;
	} options[] = { { rule->nopass, "nopass" },
		{ rule->persist, "persist" }, { rule->nolog, "nolog" },
		{ rule->keepenv, "keepenv" } };

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i].on) {
			append_word(&whole, options[i].word);
		}
	}
	if (rule->has_setenv) {
		append_setenv(&whole, &rule->setenv);
	}
	append_word(&whole, rule->ident);
	if (rule->target != NULL) {
		append_word(&whole, "as");
		append_word(&whole, rule->target);
	}
	if (rule->cmd != NULL) {
		append_word(&whole, "cmd");
		append_command(&whole, rule, "args");
		append_command(&command, rule, NULL);
	}
	rule->text = ward_pool_copy(pool, whole.text, strlen(whole.text));
	rule->command = ward_pool_copy(pool, command.text,
	    strlen(command.text));
	return rule->text == NULL || rule->command == NULL ? WARD_ERR_NOMEM : 0;
}

/* doas(1) looks for a command that is no path in these alone. */
static void
find_program(const struct ward_root *root, const char *cmd, char *text,
    size_t size)
{
	static const char *const dirs[] = { "/bin", "/sbin", "/usr/bin",
		"/usr/sbin", "/usr/local/bin", "/usr/local/sbin" };
	struct stat st;

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		(void)snprintf(text, size, "%s/%s", dirs[i], cmd);
		if (ward_root_stat(root, text, &st, NULL) == 0) {
			return;
		}
	}
}

/* Is a part of the value a file, or in a directory, that somebody other than
 * root may put there? What is no whole path may be anything. */
static bool
leads_astray(const char *value, const struct ward_root *root)
{
	static const char ends[] = ":; ";
	char part[PATH_MAX];

	for (;; value++) {
		const struct ward_sudo_command command = { .text = part,
			.program = part };
		size_t size = strcspn(value, ends);

		if (size >= sizeof(part)) {
			return true;
		}
		(void)snprintf(part, sizeof(part), "%.*s", (int)size, value);
		if (*part != '/' || strpbrk(part, "*?[\\$`") != NULL ||
		    ward_sudo_is_writable(root, &command)) {
			return true;
		}
		value += size;
		if (*value == '\0') {
			return false;
		}
	}
}

/* Does somebody other than root say what a variable of this kind leads to?
 * "NAME" and "NAME=$OTHER" take what the caller has there. PATH is of those by
 * which any program may run others; empty, it is the caller's directory. */
static bool
sets(const struct ward_doas_rule *rule, enum ward_sudo_option option,
    const struct ward_root *root)
{
	for (uint32_t i = 0; i < rule->setenv.count; i++) {
		const char *word = rule->setenv.words[i];
		const char *value = strchr(word, '=');
		size_t size = strcspn(word, "=");
		bool is_path;
		char name[64];

		if (*word == '-' || size >= sizeof(name)) {
			continue;
		}
		(void)snprintf(name, sizeof(name), "%.*s", (int)size, word);
		is_path = option == WARD_SUDO_ENV_KEEP &&
		    strcmp(name, "PATH") == 0;
		if (strpbrk(name, "*?[") != NULL ||
		    (!is_path && !ward_sudo_loads(name, option))) {
			continue;
		}
		if (value == NULL || value[1] == '$' ||
		    (value[1] == '\0' ? is_path :
					leads_astray(value + 1, root))) {
			return true;
		}
	}
	return false;
}

/* The worst comes first, as with sudo's rules. */
static enum ward_reason_id
find_excess(const struct ward_doas_rule *rule, const struct ward_root *root,
    const struct ward_sudo_command *command)
{
	unsigned int escapes = ward_sudo_escapes(command, true);

	if ((escapes & (WARD_ESCAPE_SHELL | WARD_ESCAPE_WRITE)) != 0) {
		return WARD_REASON_MINIMUM_ESCAPE;
	}
	/* A path that does not begin at the top is looked up where the caller
	 * is. */
	if (*command->program != '/' || ward_sudo_is_writable(root, command)) {
		return WARD_REASON_MINIMUM_WRITABLE;
	}
	if (rule->keepenv || sets(rule, WARD_SUDO_ENV_KEEP, root) ||
	    (sets(rule, WARD_SUDO_ENV_SCRIPT, root) &&
		ward_sudo_is_script(root, command))) {
		return WARD_REASON_MINIMUM_SETENV;
	}
	return (escapes & WARD_ESCAPE_READ) != 0 ? WARD_REASON_MINIMUM_READ :
						   WARD_REASON_NONE;
}

/* The program and its arguments as sudo's rules would have them. */
static int
judge_rule(struct ward_doas_rule *rule, const struct ward_root *root,
    struct ward_pool *pool)
{
	size_t size = strlen(rule->cmd) + 32, used, args = 1;
	struct ward_sudo_command command = { .regex = false };
	char *program, *text;

	for (uint32_t i = 0; i < rule->args.count; i++) {
		args += strlen(rule->args.words[i]) + 1;
	}
	program = ward_pool_take(pool, size);
	text = ward_pool_take(pool, size + args);
	if (program == NULL || text == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (strchr(rule->cmd, '/') != NULL) {
		(void)snprintf(program, size, "%s", rule->cmd);
	} else {
		find_program(root, rule->cmd, program, size);
	}
	used = (size_t)snprintf(text, size, "%s", program);
	for (uint32_t i = 0; i < rule->args.count; i++) {
		used += (size_t)snprintf(text + used, size + args - used, " %s",
		    rule->args.words[i]);
	}
	command.text = text;
	command.program = program;
	if (rule->has_args) {
		command.arguments = rule->args.count == 0 ?
		    "\"\"" :
		    text + strlen(program) + 1;
	}
	rule->excess = find_excess(rule, root, &command);
	return 0;
}

int
ward_doas_show(struct ward_doas_rules *rules, const struct ward_root *root,
    struct ward_pool *pool)
{
	int r = 0;

	for (uint32_t i = 0; i < rules->count && r == 0; i++) {
		struct ward_doas_rule *rule = &rules->list[i];

		r = show_rule(rule, pool);
		if (r == 0 && rule->permit && rule->cmd != NULL) {
			r = judge_rule(rule, root, rules->pool);
		}
	}
	return r;
}
