/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/event_text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libaudit.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* No audit in this kernel, in this namespace, or for this process. */
static bool
is_nobody_there(int why)
{
	static const int reasons[] = { 0, EINVAL, EPROTONOSUPPORT, EAFNOSUPPORT,
		ECONNREFUSED, EPERM };

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (abs(why) == reasons[i]) {
			return true;
		}
	}
	return false;
}

static int
fail(int why, struct ward_error *err)
{
	return is_nobody_there(why) ?
	    0 :
	    ward_error_set(err, WARD_ERR_IO, "the audit record: %s",
		strerror(abs(why)));
}

/* libaudit puts these into the record as they are, and "x res=success" is a
 * host's name to whoever sends one. */
static const char *
plain(const char *value, const char *allowed)
{
	return value != NULL && *value != '\0' &&
		value[strspn(value, allowed)] == '\0' &&
		strlen(value) <= WARD_EVENT_STRING ?
	    value :
	    "?";
}

/* Never nothing: libaudit would ask the name servers, and wait for them. */
static const char *
address(const char *host)
{
	struct in6_addr room;

	return inet_pton(AF_INET, host, &room) == 1 ||
		inet_pton(AF_INET6, host, &room) == 1 ?
	    host :
	    "?";
}

/* ` name="value"`, or in hexadecimal where the value is not plain. */
static char *
encode(const char *name, const char *value)
{
	size_t size = value == NULL ? 0 : strnlen(value, WARD_EVENT_STRING);

	return size == 0 ?
	    strdup("") :
	    audit_encode_nv_string(name, value, (unsigned int)size);
}

static int
send_record(int fd, int type, const struct ward_event *event,
    struct ward_error *err)
{
	const struct ward_event_kind *kind = &ward_events[event->id];
	const char *host = plain(event->from.rhost, LETTERS "._:%-");
	const char *tty = plain(event->from.tty, LETTERS "._:/-");
	char *account = encode("acct", event->user);
	char *rhost = encode("rhost",
	    strcmp(host, "?") == 0 ? event->from.rhost : NULL);
	char message[4 * WARD_EVENT_STRING + 256], uid[40] = "";
	int sent, r = 0;

	if (account == NULL || rhost == NULL) {
		r = ward_error_set(err, WARD_ERR_NOMEM, "no memory");
		goto out;
	}
	if (event->uid.known) {
		(void)snprintf(uid, sizeof(uid), " suid=%lld",
		    (long long)event->uid.value);
	}
	(void)snprintf(message, sizeof(message), "op=acctward:%s%s%s%s%s%s",
	    kind->id, uid, *account != '\0' ? " " : "", account,
	    *rhost != '\0' ? " " : "", rhost);
	errno = 0;
	sent = audit_log_user_message(fd, type, message, host, address(host),
	    tty, kind->success);
	/* It may be 0, and errno say why. */
	if (sent <= 0) {
		r = fail(errno != 0 ? errno : sent, err);
	}
out:
	free(account);
	free(rhost);
	return r;
}

int
ward_event_audit(const struct ward_event *event, struct ward_error *err)
{
	const int *types = ward_events[event->id].audit;
	int fd, r;

	if (types[0] == 0) {
		return 0;
	}
	errno = 0;
	fd = audit_open();
	if (fd < 0) {
		return fail(errno, err);
	}
	r = send_record(fd, types[0], event, err);
	if (r == 0 && types[1] != 0) {
		r = send_record(fd, types[1], event, err);
	}
	(void)close(fd);
	return r;
}
