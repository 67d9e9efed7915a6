/* SPDX-License-Identifier: BSD-2-Clause */
#include "borrow.h"

#include <dlfcn.h>
#include <string.h>

#define BORROWED_MAX 16

static int
missing(struct ward_error *err)
{
	const char *why = dlerror();

	return ward_error_set(err, WARD_ERR_MISSING, "%s",
	    why == NULL ? "dlopen" : why);
}

int
ward_borrow(const char *soname, const struct ward_borrowed *names, size_t count,
    struct ward_error *err)
{
	void *found[BORROWED_MAX];
	void *library;

	if (count > BORROWED_MAX) {
		return ward_error_set(err, WARD_ERR_RANGE,
		    "%s: more than %d functions", soname, BORROWED_MAX);
	}
	library = dlopen(soname, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (library == NULL) {
		return missing(err);
	}
	for (size_t i = 0; i < count; i++) {
		found[i] = dlsym(library, names[i].name);
		if (found[i] == NULL) {
			int r = missing(err);

			(void)dlclose(library);
			return r;
		}
	}
	for (size_t i = 0; i < count; i++) {
		/* POSIX has a function's address fit; C does not say so. */
		memcpy(names[i].function, &found[i], sizeof(found[i]));
	}
	/* It stays, by RTLD_NODELETE. */
	(void)dlclose(library);
	return 0;
}
