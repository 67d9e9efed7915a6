/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

/*
 * From facts alone. The register, which knows shared, external and emergency
 * accounts and names the services, comes first once there is one.
 */
enum ward_class
ward_account_class(const struct ward_host *host,
    const struct ward_account *account)
{
	bool opens = account->password.state == WARD_PASSWORD_USABLE ||
	    account->password.state == WARD_PASSWORD_EMPTY ||
	    account->key_count > 0;

	if (account->path_count > 0) {
		return WARD_CLASS_PRIVILEGED;
	}
	if (account->uid.known && account->uid.value < host->uid_min) {
		/* The system's own, unless somebody can get in by it. */
		return account->login_shell && opens ? WARD_CLASS_SERVICE :
						       WARD_CLASS_SYSTEM;
	}
	if (account->login_shell && account->listed_shell) {
		return WARD_CLASS_PERSON;
	}
	/* nobody, and what systemd hands out above the users' range */
	if (account->uid.known && account->uid.value > host->uid_max) {
		return WARD_CLASS_SYSTEM;
	}
	return WARD_CLASS_SERVICE;
}
