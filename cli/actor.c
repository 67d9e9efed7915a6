/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/lockout.h"

#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define LOGIN_UID "/proc/self/loginuid"
#define NOBODY UINT32_MAX /* nobody has logged in: a daemon's child */

/* The uid that the kernel has kept since the log-in; su(1) and sudo(8) don't
 * change it, and only the privileged may. */
static bool
login_uid(uid_t *ret_uid)
{
	int fd = open(LOGIN_UID, O_RDONLY | O_CLOEXEC);
	char text[32];
	ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	uint64_t uid;

	if (fd >= 0) {
		(void)close(fd);
	}
	if (size <= 0) {
		return false;
	}
	text[size] = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (ward_parse_uint(text, 0, NOBODY - 1, &uid) != 0) {
		return false;
	}
	*ret_uid = (uid_t)uid;
	return true;
}

void
ward_actor(char name[WARD_ACTOR_SIZE])
{
	uid_t uid = getuid();
	const struct passwd *passwd;

	(void)login_uid(&uid);
	passwd = getpwuid(uid);
	if (passwd != NULL) {
		(void)snprintf(name, WARD_ACTOR_SIZE, "%s", passwd->pw_name);
	} else {
		(void)snprintf(name, WARD_ACTOR_SIZE, "%u", (unsigned int)uid);
	}
}
