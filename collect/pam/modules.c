/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/pam/world.h"

/* Not built. */
struct ward_pam_modules {
	struct ward_root *root;
};

int
ward_pam_modules_open(struct ward_root *root,
    struct ward_pam_modules **ret_modules, struct ward_error *err)
{
	(void)root, (void)ret_modules;
	return ward_error_set(err, WARD_ERR_NOMEM, "not built");
}

void
ward_pam_modules_close(struct ward_pam_modules *modules)
{
	(void)modules;
}

int
ward_pam_line_read(struct ward_pam_modules *modules,
    const struct ward_pam_handler *handler, enum ward_pam_type type,
    struct ward_pam_line *ret_line, struct ward_error *err)
{
	(void)modules, (void)type, (void)err;
	*ret_line = (struct ward_pam_line){ .handler = handler };
	return 0;
}

size_t
ward_pam_line_may(const struct ward_pam_line *line, enum ward_pam_type type,
    uint32_t pass, const struct ward_pam_world *world,
    struct ward_pam_may may[WARD_PAM_MAYS])
{
	(void)line, (void)type, (void)pass, (void)world;
	may[0] = (struct ward_pam_may){ WARD_PAM_ANY, WARD_BIT_UNSURE };
	return 1;
}

bool
ward_pam_line_sets(const struct ward_pam_line *line)
{
	(void)line;
	return false;
}

bool
ward_pam_line_tests(const struct ward_pam_line *line)
{
	(void)line;
	return false;
}

bool
ward_pam_line_uses_authtok(const struct ward_pam_line *line)
{
	(void)line;
	return false;
}
