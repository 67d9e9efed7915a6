/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

static struct ward_class_why
by_uid_min(const struct ward_host *host, const struct ward_account *a)
{
	const bool password = a->password.state == WARD_PASSWORD_USABLE ||
	    a->password.state == WARD_PASSWORD_EMPTY;
	struct ward_class_why why = { .class = WARD_CLASS_SYSTEM,
		.reason = WARD_REASON_CLASS_LOW_SHUT,
		.source = a->entry,
		.bound = host->uid_min };

	if (!a->login_shell) {
		why.reason = WARD_REASON_CLASS_LOW_SHELL;
	} else if (password || a->key_count > 0) {
		/* The system's own, unless somebody can get in by it. */
		why.class = WARD_CLASS_SERVICE;
		why.reason = password ? WARD_REASON_CLASS_LOW_PASSWORD :
					WARD_REASON_CLASS_LOW_KEY;
		why.source = password ? a->shadow : a->key_source;
	}
	return why;
}

struct ward_class_why
ward_account_class_why(const struct ward_host *host,
    const struct ward_account *a)
{
	struct ward_class_why why = { .class = WARD_CLASS_SERVICE,
		.reason = a->login_shell ? WARD_REASON_CLASS_UNLISTED_SHELL :
					   WARD_REASON_CLASS_NO_SHELL,
		.source = a->entry,
		.bound = host->uid_min };

	if (a->path_count > 0) {
		why.class = WARD_CLASS_PRIVILEGED;
		why.reason = WARD_REASON_CLASS_PATH;
		why.source = a->paths[0].source;
	} else if (a->uid.known && a->uid.value < host->uid_min) {
		return by_uid_min(host, a);
	} else if (a->login_shell && a->listed_shell) {
		why.class = WARD_CLASS_PERSON;
		why.reason = WARD_REASON_CLASS_SHELL;
	} else if (a->uid.known && a->uid.value > host->uid_max) {
		/* nobody, and what systemd hands out above the users' range */
		why.class = WARD_CLASS_SYSTEM;
		why.reason = WARD_REASON_CLASS_HIGH;
		why.bound = host->uid_max;
	}
	return why;
}

enum ward_class
ward_account_class(const struct ward_host *host,
    const struct ward_account *account)
{
	return ward_account_class_why(host, account).class;
}

void
ward_class_message(const struct ward_class_why *why,
    const struct ward_account *a, enum ward_language language,
    ward_clean_fn *clean, char *text, size_t size)
{
	const bool path = why->reason == WARD_REASON_CLASS_PATH;
	char uid[24] = "not known", bound[24];
	const struct ward_finding finding = { .reason = why->reason,
		.subject = { .name = a->name },
		.observed = path ? ward_path_kind_name(a->paths[0].kind) : uid,
		.required = bound,
		/* passwd(5): no shell named is this one. */
		.detail = path        ? a->paths[0].detail :
		    a->shell == NULL  ? "not known" :
		    *a->shell == '\0' ? "/bin/sh" :
					a->shell };

	if (a->uid.known) {
		(void)snprintf(uid, sizeof(uid), "%lld",
		    (long long)a->uid.value);
	}
	(void)snprintf(bound, sizeof(bound), "%u", why->bound);
	ward_finding_message(&finding, language, clean, text, size);
}
