/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plans shipped, clause by clause: what each document asks, with its
 * number, and what it does not. A row here changes only when a document does.
 */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#ifndef PLAN_DIR
#define PLAN_DIR "policy/plans"
#endif

#define NO_SETTING WARD_SETTING_COUNT

enum {
	SOC,
	DBAS,
	CIV,
	EPA,
	ZX,
	B110_BASIC, /* the packs, each with what it adds alone */
	B110_MEDIUM,
	B110_HIGH,
	B115_BASIC,
	B115_MEDIUM,
	B115_HIGH,
	RHEL8, /* the references */
	RHEL9,
	UBUNTU,
	PLAN_COUNT,
	SEED_COUNT = B110_BASIC /* agencies' own documents */
};

static const struct {
	const char *id;
	const char *title;
	const char *agency;
	enum ward_plan_kind kind;
	const char *extends;
} heads[PLAN_COUNT] = {
	[SOC] = { "K-SOC", "資通安全維護計畫", "高雄市政府社會局",
	    WARD_KIND_PLAN, NULL },
	[DBAS] = { "T-DBAS", "資通安全維護計畫", "桃園市政府主計處",
	    WARD_KIND_PLAN, NULL },
	[CIV] = { "K-CIV", "資通安全管理制度 政策",
	    "高雄市政府民政局暨所屬機關", WARD_KIND_PLAN, NULL },
	[EPA] = { "EPA", "資訊安全管理規範", "行政院環境保護署", WARD_KIND_PLAN,
	    NULL },
	[ZX] = { "P-ZX", "資通安全維護計畫", "屏東縣載興國民小學",
	    WARD_KIND_PLAN, NULL },
	[B110_BASIC] = { "tw-baseline-110-basic",
	    "資通安全責任等級分級辦法附表十 資通系統防護基準", "行政院",
	    WARD_KIND_PACK, NULL },
	[B110_MEDIUM] = { "tw-baseline-110-medium",
	    "資通安全責任等級分級辦法附表十 資通系統防護基準", "行政院",
	    WARD_KIND_PACK, "tw-baseline-110-basic" },
	[B110_HIGH] = { "tw-baseline-110-high",
	    "資通安全責任等級分級辦法附表十 資通系統防護基準", "行政院",
	    WARD_KIND_PACK, "tw-baseline-110-medium" },
	[B115_BASIC] = { "tw-baseline-115-basic",
	    "資通安全責任等級分級辦法附表十 資通系統防護基準",
	    "資通安全管理法主管機關", WARD_KIND_PACK, NULL },
	[B115_MEDIUM] = { "tw-baseline-115-medium",
	    "資通安全責任等級分級辦法附表十 資通系統防護基準",
	    "資通安全管理法主管機關", WARD_KIND_PACK, "tw-baseline-115-basic" },
	[B115_HIGH] = { "tw-baseline-115-high",
	    "資通安全責任等級分級辦法附表十 資通系統防護基準",
	    "資通安全管理法主管機關", WARD_KIND_PACK,
	    "tw-baseline-115-medium" },
	[RHEL8] = { "twgcb-rhel8", "Red Hat Enterprise Linux 8 政府組態基準",
	    "資通安全管理法主管機關", WARD_KIND_REFERENCE, NULL },
	[RHEL9] = { "twgcb-rhel9",
	    "Red Hat Enterprise Linux 9 政府組態基準(伺服器)",
	    "資通安全管理法主管機關", WARD_KIND_REFERENCE, NULL },
	[UBUNTU] = { "twgcb-ubuntu2204", "Ubuntu 22.04 LTS 政府組態基準",
	    "資通安全管理法主管機關", WARD_KIND_REFERENCE, NULL },
};

/* value NULL: the document gives none, though the setting exists. */
struct expected {
	int plan;
	enum ward_rule_id rule;
	enum ward_setting_id setting;
	enum ward_class class;
	const char *value;
	const char *clause;
};

#define ANY WARD_CLASS_ANY
#define ASKED(plan, rule, clause) \
	{ \
		plan, WARD_RULE_##rule, NO_SETTING, ANY, NULL, clause \
	}
#define SET(plan, rule, key, value, clause) \
	{ \
		plan, WARD_RULE_##rule, WARD_SET_##rule##_##key, ANY, value, \
		    clause \
	}

static const struct expected asked[] = {
	SET(SOC, PASSWORD_MIN_LENGTH, MIN, "8", "肆.一.(七)"),
	SET(SOC, PASSWORD_MIN_CLASSES, MIN, "3", "肆.一.(七)"),
	SET(SOC, PASSWORD_HISTORY, OLDER, "3", "肆.一.(七)"),
	SET(SOC, PASSWORD_MAX_AGE, MONTHS, "6", "肆.一.(七)"),
	SET(SOC, PASSWORD_MAX_AGE, DAYS, NULL, "肆.一.(七)"),
	ASKED(SOC, PASSWORD_REQUIRED, "肆.一.(七)"),
	SET(SOC, SESSION_IDLE_LOCK, SECONDS, NULL, "肆.一.(九)"),
	ASKED(SOC, ACCOUNT_AUTHORISED, "肆.一.(六)"),
	ASKED(SOC, PRIVILEGED_MINIMUM, "肆.一.(六)"),
	ASKED(SOC, REMOTE_ENCRYPTED, "肆.一.(十一)"),
	ASKED(SOC, ACCOUNT_HOME, "肆.一.(七)"),
	ASKED(SOC, REMOTE_TRUSTED_HOSTS, "肆.一.(七)"),
	ASKED(SOC, REMOTE_TRUSTED_HOSTS, "肆.一.(十一)"),
	ASKED(SOC, REMOTE_AUTHORISED, "肆.一.(十一)"),
	SET(SOC, LOG_BACKUP, EVERY, NULL, "玖.二.(二)2"),
	SET(SOC, LOG_REVIEW, EVERY, NULL, "玖.二.(二)2"),

	SET(DBAS, DIRECTORY_REVIEW, EVERY, "2-years", "參 資通安全健診"),

	SET(EPA, PASSWORD_MIN_LENGTH, MIN, "12", "肆.八.(三)6.(5)"),
	SET(EPA, PASSWORD_MIN_CLASSES, MIN, "3", "肆.八.(三)6.(5)"),
	ASKED(EPA, PASSWORD_NO_ACCOUNT_NAME, "肆.八.(三)6.(5)"),
	ASKED(EPA, PASSWORD_WEAK, "肆.八.(三)6.(3)"),
	SET(EPA, PASSWORD_MAX_AGE, DAYS, NULL, "肆.八.(三)6.(2)"),
	SET(EPA, PASSWORD_MAX_AGE, MONTHS, NULL, "肆.八.(三)6.(2)"),
	ASKED(EPA, PASSWORD_CHANGE_AT_FIRST_LOGIN, "肆.八.(三)6.(2)"),
	ASKED(EPA, PASSWORD_REQUIRED, "肆.八.(三)6.(1)"),
	ASKED(EPA, PASSWORD_VENDOR_DEFAULT, "肆.七.(二)2"),
	ASKED(EPA, LOGIN_UNIFORM_FAILURE, "肆.八.(五)1"),
	ASKED(EPA, LOGIN_MASKED_ENTRY, "肆.八.(三)6.(4)"),
	SET(EPA, SESSION_IDLE_LOCK, SECONDS, "900", "肆.八.(五)2"),
	ASKED(EPA, ACCOUNT_AUTHORISED, "肆.八.(三)3"),
	ASKED(EPA, ACCOUNT_UNIQUE, "肆.五.(二)2"),
	ASKED(EPA, ACCOUNT_ONE_PER_PERSON, "肆.五.(二)2"),
	ASKED(EPA, ACCOUNT_NOT_SHARED, "肆.五.(二)1"),
	ASKED(EPA, ACCOUNT_NOT_SHARED, "參.二.(一)3"),
	SET(EPA, ACCOUNT_DORMANT, DAYS, NULL, "肆.八.(三)2"),
	ASKED(EPA, ACCOUNT_EXPIRED, "肆.三.(一)4"),
	ASKED(EPA, ACCOUNT_DISABLED, "肆.八.(三)2"),
	ASKED(EPA, ACCOUNT_HOME, "肆.五.(六)2"),
	ASKED(EPA, ACCOUNT_LEAVER, "肆.三.(一)4"),
	ASKED(EPA, ACCOUNT_NO_REUSE, "肆.八.(三)2"),
	ASKED(EPA, ACCOUNT_NEUTRAL_NAME, "肆.八.(三)4"),
	ASKED(EPA, ACCOUNT_AUTHORISED, "肆.八.(三)1"),
	{ EPA, WARD_RULE_ACCOUNT_AUTHORISED, NO_SETTING, WARD_CLASS_EXTERNAL,
	    NULL, "參.二.(六)1.(3)" },
	SET(EPA, ACCOUNT_REVIEW, EVERY, NULL, "肆.五.(二)3"),
	ASKED(EPA, PRIVILEGED_AUTHORISED, "肆.八.(三)5"),
	ASKED(EPA, PRIVILEGED_NOT_SHARED, "肆.五.(二)1"),
	SET(EPA, PRIVILEGED_REVIEW, EVERY, NULL, "肆.五.(二)4"),
	ASKED(EPA, PRIVILEGED_TRAIL, "肆.八.(七)2"),
	ASKED(EPA, PRIVILEGED_MINIMUM, "肆.五.(六)1"),
	ASKED(EPA, PRIVILEGED_MINIMUM, "肆.五.(五)(4)"),
	ASKED(EPA, REMOTE_ENCRYPTED, "肆.九.(一)6"),
	ASKED(EPA, REMOTE_TRUSTED_HOSTS, "肆.八.(三)6.(1)"),
	ASKED(EPA, REMOTE_TRUSTED_HOSTS, "肆.九.(三)1"),
	ASKED(EPA, REMOTE_AUTHORISED, "肆.九.(三)2"),
	ASKED(EPA, REMOTE_AUTHORISED, "肆.九.(三)3"),
	ASKED(EPA, LOG_AUTH_RECORDED, "肆.八.(七)3"),
	ASKED(EPA, LOG_PROTECTED, "肆.八.(一)6"),
	SET(EPA, LOG_BACKUP, EVERY, "day", "肆.十三.(一)6"),
	SET(EPA, LOG_REVIEW, EVERY, "day", "肆.九.(四)2"),
	ASKED(EPA, LOG_CLOCK, "肆.五.(七)2"),

	SET(ZX, PASSWORD_MIN_LENGTH, MIN, "8", "玖.二.(二)1.(1)"),
	SET(ZX, PASSWORD_MIN_CLASSES, MIN, "3", "玖.二.(二)1.(2)"),
	SET(ZX, PASSWORD_MAX_AGE, DAYS, "90", "玖.二.(二)1.(3)"),
	SET(ZX, PASSWORD_MAX_AGE, MONTHS, NULL, "玖.二.(二)1.(3)"),
	ASKED(ZX, PASSWORD_REQUIRED, "玖.二.(二)1.(1)"),
	SET(ZX, SESSION_IDLE_LOCK, SECONDS, "900", "玖.三.(六)1"),
	ASKED(ZX, ACCOUNT_WELLFORMED, "玖.二.(二)2"),
	ASKED(ZX, ACCOUNT_UNIQUE, "玖.二.(二)2"),
	ASKED(ZX, ACCOUNT_NOT_SHARED, "玖.二.(二)2"),
	SET(ZX, ACCOUNT_DORMANT, DAYS, NULL, "玖.二.(二)3"),
	ASKED(ZX, ACCOUNT_EXPIRED, "玖.二.(二)3"),
	ASKED(ZX, ACCOUNT_DISABLED, "玖.二.(二)3"),
	ASKED(ZX, ACCOUNT_HOME, "玖.一.(一)3"),
	ASKED(ZX, ACCOUNT_LEAVER, "玖.二.(二)3"),
	ASKED(ZX, ACCOUNT_AUTHORISED, "玖.一.(二)1"),
	SET(ZX, ACCOUNT_REVIEW, EVERY, NULL, "玖.二.(二)3"),
	ASKED(ZX, PRIVILEGED_AUTHORISED, "玖.二.(三)1"),
	ASKED(ZX, PRIVILEGED_NOT_SHARED, "玖.二.(三)2"),
	ASKED(ZX, PRIVILEGED_SEPARATE_ID, "玖.二.(三)3"),
	SET(ZX, PRIVILEGED_REVIEW, EVERY, "quarter", "玖.二.(三)5"),
	ASKED(ZX, PRIVILEGED_OVERDUE, "玖.二.(三)5"),
	ASKED(ZX, PRIVILEGED_TRAIL, "玖.二.(三)4"),
	ASKED(ZX, PRIVILEGED_MINIMUM, "玖.二.(三)1"),
	ASKED(ZX, REMOTE_TRUSTED_HOSTS, "玖.一.(一)3"),
	ASKED(ZX, REMOTE_AUTHORISED, "玖.三.(二)1"),
	ASKED(ZX, LOG_AUTH_RECORDED, "玖.二.(一)2"),
	SET(ZX, LOG_REVIEW, EVERY, NULL, "玖.二.(一)3"),

	SET(B110_BASIC, PASSWORD_MIN_LENGTH, MIN, NULL,
	    "識別與鑑別 身分驗證管理 普四"),
	SET(B110_BASIC, PASSWORD_MIN_CLASSES, MIN, NULL,
	    "識別與鑑別 身分驗證管理 普四"),
	SET(B110_BASIC, PASSWORD_HISTORY, OLDER, "3",
	    "識別與鑑別 身分驗證管理 普五"),
	SET(B110_BASIC, PASSWORD_MAX_AGE, DAYS, NULL,
	    "識別與鑑別 身分驗證管理 普四"),
	SET(B110_BASIC, PASSWORD_MAX_AGE, MONTHS, NULL,
	    "識別與鑑別 身分驗證管理 普四"),
	SET(B110_BASIC, PASSWORD_MIN_AGE, DAYS, NULL,
	    "識別與鑑別 身分驗證管理 普四"),
	ASKED(B110_BASIC, PASSWORD_CHANGE_AT_FIRST_LOGIN,
	    "識別與鑑別 身分驗證管理 普一"),
	ASKED(B110_BASIC, PASSWORD_REQUIRED, "識別與鑑別 身分驗證管理 普四"),
	ASKED(B110_BASIC, PASSWORD_VENDOR_DEFAULT,
	    "系統與服務獲得 部署與維運階段 普二"),
	SET(B110_BASIC, LOGIN_LOCKOUT, ATTEMPTS, "5",
	    "識別與鑑別 身分驗證管理 普三"),
	SET(B110_BASIC, LOGIN_LOCKOUT, SECONDS, "900",
	    "識別與鑑別 身分驗證管理 普三"),
	ASKED(B110_BASIC, LOGIN_MASKED_ENTRY, "識別與鑑別 鑑別資訊回饋 普"),
	ASKED(B110_BASIC, ACCOUNT_WELLFORMED,
	    "識別與鑑別 內部使用者之識別與鑑別 普"),
	ASKED(B110_BASIC, ACCOUNT_UNIQUE,
	    "識別與鑑別 內部使用者之識別與鑑別 普"),
	ASKED(B110_BASIC, ACCOUNT_UNIQUE,
	    "識別與鑑別 非內部使用者之識別與鑑別 普"),
	ASKED(B110_BASIC, ACCOUNT_NOT_SHARED,
	    "識別與鑑別 內部使用者之識別與鑑別 普"),
	ASKED(B110_BASIC, PRIVILEGED_NOT_SHARED,
	    "識別與鑑別 內部使用者之識別與鑑別 普"),
	ASKED(B110_BASIC, PRIVILEGED_TRAIL, "事件日誌與可歸責性 記錄事件 普三"),
	ASKED(B110_BASIC, REMOTE_ENCRYPTED, "存取控制 遠端存取 普四"),
	ASKED(B110_BASIC, REMOTE_ENCRYPTED, "識別與鑑別 身分驗證管理 普二"),
	ASKED(B110_BASIC, REMOTE_AUTHORISED, "存取控制 遠端存取 普一"),
	SET(B110_BASIC, LOG_RETENTION, DAYS, "184",
	    "事件日誌與可歸責性 記錄事件 普一"),
	ASKED(B110_BASIC, LOG_PROTECTED,
	    "事件日誌與可歸責性 日誌資訊之保護 普"),

	SET(B110_MEDIUM, PASSWORD_HASH, ALLOW, NULL,
	    "識別與鑑別 加密模組鑑別 中"),
	SET(B110_MEDIUM, ACCOUNT_DORMANT, DAYS, NULL, "存取控制 帳號管理 中"),
	ASKED(B110_MEDIUM, ACCOUNT_EXPIRED, "存取控制 帳號管理 中"),
	ASKED(B110_MEDIUM, ACCOUNT_DISABLED, "存取控制 帳號管理 中"),
	SET(B110_MEDIUM, ACCOUNT_REVIEW, EVERY, NULL, "存取控制 帳號管理 中"),
	ASKED(B110_MEDIUM, PRIVILEGED_MINIMUM, "存取控制 最小權限 中"),
	SET(B110_MEDIUM, LOG_REVIEW, EVERY, NULL,
	    "事件日誌與可歸責性 記錄事件 中"),
	ASKED(B110_MEDIUM, LOG_CLOCK, "事件日誌與可歸責性 時戳及校時 中"),

	SET(B110_HIGH, SESSION_IDLE_LOCK, SECONDS, NULL,
	    "存取控制 帳號管理 高"),
	SET(B110_HIGH, LOG_BACKUP, EVERY, NULL,
	    "事件日誌與可歸責性 日誌資訊之保護 高"),

	SET(B115_BASIC, PASSWORD_MIN_LENGTH, MIN, NULL, "第41項"),
	SET(B115_BASIC, PASSWORD_MIN_CLASSES, MIN, NULL, "第41項"),
	SET(B115_BASIC, PASSWORD_HISTORY, OLDER, "3", "第42項"),
	SET(B115_BASIC, PASSWORD_MAX_AGE, DAYS, NULL, "第41項"),
	SET(B115_BASIC, PASSWORD_MAX_AGE, MONTHS, NULL, "第41項"),
	ASKED(B115_BASIC, PASSWORD_CHANGE_AT_FIRST_LOGIN, "第38項"),
	ASKED(B115_BASIC, PASSWORD_REQUIRED, "第41項"),
	ASKED(B115_BASIC, PASSWORD_VENDOR_DEFAULT, "第60項"),
	SET(B115_BASIC, LOGIN_LOCKOUT, ATTEMPTS, "5", "第40項"),
	SET(B115_BASIC, LOGIN_LOCKOUT, SECONDS, "900", "第40項"),
	ASKED(B115_BASIC, LOGIN_MASKED_ENTRY, "第46項"),
	ASKED(B115_BASIC, ACCOUNT_WELLFORMED, "第36項"),
	ASKED(B115_BASIC, ACCOUNT_UNIQUE, "第36項"),
	ASKED(B115_BASIC, ACCOUNT_NOT_SHARED, "第36項"),
	SET(B115_BASIC, ACCOUNT_DORMANT, DAYS, NULL, "第3項"),
	ASKED(B115_BASIC, ACCOUNT_EXPIRED, "第2項"),
	ASKED(B115_BASIC, ACCOUNT_DISABLED, "第2項"),
	ASKED(B115_BASIC, ACCOUNT_DISABLED, "第3項"),
	SET(B115_BASIC, ACCOUNT_REVIEW, EVERY, NULL, "第4項"),
	ASKED(B115_BASIC, PRIVILEGED_NOT_SHARED, "第36項"),
	ASKED(B115_BASIC, PRIVILEGED_TRAIL, "第17項"),
	ASKED(B115_BASIC, PRIVILEGED_MINIMUM, "第9項"),
	ASKED(B115_BASIC, REMOTE_ENCRYPTED, "第13項"),
	ASKED(B115_BASIC, REMOTE_ENCRYPTED, "第39項"),
	ASKED(B115_BASIC, REMOTE_AUTHORISED, "第10項"),
	SET(B115_BASIC, LOG_RETENTION, DAYS, "184", "第15項"),
	ASKED(B115_BASIC, LOG_PROTECTED, "第25項"),
	ASKED(B115_BASIC, LOG_CLOCK, "第24項"),

	SET(B115_MEDIUM, PASSWORD_HASH, ALLOW, NULL, "第47項"),
	SET(B115_MEDIUM, SESSION_IDLE_LOCK, SECONDS, NULL, "第6項"),
	SET(B115_MEDIUM, LOG_REVIEW, EVERY, NULL, "第18項"),

	SET(B115_HIGH, LOG_BACKUP, EVERY, NULL, "第27項"),

	SET(RHEL8, PASSWORD_MIN_LENGTH, MIN, "12", "TWGCB-01-008-0210 (v1.3)"),
	SET(RHEL8, PASSWORD_MIN_CLASSES, MIN, "4", "TWGCB-01-008-0211 (v1.3)"),
	ASKED(RHEL8, PASSWORD_MIN_CLASSES, "TWGCB-01-008-0212 (v1.3)"),
	ASKED(RHEL8, PASSWORD_MIN_CLASSES, "TWGCB-01-008-0213 (v1.3)"),
	ASKED(RHEL8, PASSWORD_MIN_CLASSES, "TWGCB-01-008-0214 (v1.3)"),
	ASKED(RHEL8, PASSWORD_MIN_CLASSES, "TWGCB-01-008-0215 (v1.3)"),
	ASKED(RHEL8, PASSWORD_WEAK, "TWGCB-01-008-0219 (v1.3)"),
	SET(RHEL8, PASSWORD_HISTORY, OLDER, "2", "TWGCB-01-008-0222 (v1.3)"),
	SET(RHEL8, PASSWORD_MAX_AGE, DAYS, "90", "TWGCB-01-008-0227 (v1.3)"),
	SET(RHEL8, PASSWORD_MAX_AGE, MONTHS, NULL, "TWGCB-01-008-0227 (v1.3)"),
	SET(RHEL8, PASSWORD_MIN_AGE, DAYS, "1", "TWGCB-01-008-0225 (v1.3)"),
	SET(RHEL8, PASSWORD_EXPIRY_WARNING, DAYS, "14",
	    "TWGCB-01-008-0226 (v1.3)"),
	SET(RHEL8, PASSWORD_HASH, ALLOW,
	    "bcrypt bcrypt-y gost-yescrypt scrypt sha512crypt yescrypt",
	    "TWGCB-01-008-0224 (v1.3)"),
	SET(RHEL8, LOGIN_LOCKOUT, ATTEMPTS, "5", "TWGCB-01-008-0220 (v1.3)"),
	SET(RHEL8, LOGIN_LOCKOUT, SECONDS, "900", "TWGCB-01-008-0220 (v1.3)"),
	ASKED(RHEL8, LOGIN_LOCKOUT, "TWGCB-01-008-0221 (v1.3)"),
	SET(RHEL8, SESSION_IDLE_LOCK, SECONDS, "900",
	    "TWGCB-01-008-0234 (v1.3)"),
	ASKED(RHEL8, SESSION_IDLE_LOCK, "TWGCB-01-008-0235 (v1.3)"),
	ASKED(RHEL8, SESSION_IDLE_LOCK, "TWGCB-01-008-0238 (v1.3)"),
	ASKED(RHEL8, ACCOUNT_UNIQUE, "TWGCB-01-008-0087 (v1.3)"),
	ASKED(RHEL8, ACCOUNT_UNIQUE, "TWGCB-01-008-0089 (v1.3)"),
	ASKED(RHEL8, ACCOUNT_UNIQUE, "TWGCB-01-008-0078 (v1.3)"),
	ASKED(RHEL8, REMOTE_ROOT_LOGIN, "TWGCB-01-008-0277 (v1.3)"),
	ASKED(RHEL8, LOG_CLOCK, "TWGCB-01-008-0093 (v1.3)"),

	SET(RHEL9, PASSWORD_MIN_LENGTH, MIN, "12", "TWGCB-01-012-0208 (v1.2)"),
	SET(RHEL9, PASSWORD_MIN_CLASSES, MIN, "4", "TWGCB-01-012-0209 (v1.2)"),
	ASKED(RHEL9, PASSWORD_MIN_CLASSES, "TWGCB-01-012-0210 (v1.2)"),
	ASKED(RHEL9, PASSWORD_MIN_CLASSES, "TWGCB-01-012-0211 (v1.2)"),
	ASKED(RHEL9, PASSWORD_MIN_CLASSES, "TWGCB-01-012-0212 (v1.2)"),
	ASKED(RHEL9, PASSWORD_MIN_CLASSES, "TWGCB-01-012-0213 (v1.2)"),
	ASKED(RHEL9, PASSWORD_WEAK, "TWGCB-01-012-0217 (v1.2)"),
	SET(RHEL9, PASSWORD_HISTORY, OLDER, "2", "TWGCB-01-012-0220 (v1.2)"),
	SET(RHEL9, PASSWORD_MAX_AGE, DAYS, "90", "TWGCB-01-012-0225 (v1.2)"),
	SET(RHEL9, PASSWORD_MAX_AGE, MONTHS, NULL, "TWGCB-01-012-0225 (v1.2)"),
	SET(RHEL9, PASSWORD_MIN_AGE, DAYS, "1", "TWGCB-01-012-0223 (v1.2)"),
	SET(RHEL9, PASSWORD_EXPIRY_WARNING, DAYS, "14",
	    "TWGCB-01-012-0224 (v1.2)"),
	ASKED(RHEL9, PASSWORD_REQUIRED, "TWGCB-01-012-0312 (v1.2)"),
	SET(RHEL9, PASSWORD_HASH, ALLOW,
	    "bcrypt bcrypt-y gost-yescrypt scrypt sha512crypt yescrypt",
	    "TWGCB-01-012-0222 (v1.2)"),
	SET(RHEL9, LOGIN_LOCKOUT, ATTEMPTS, "5", "TWGCB-01-012-0218 (v1.2)"),
	SET(RHEL9, LOGIN_LOCKOUT, SECONDS, "900", "TWGCB-01-012-0218 (v1.2)"),
	ASKED(RHEL9, LOGIN_LOCKOUT, "TWGCB-01-012-0219 (v1.2)"),
	SET(RHEL9, SESSION_IDLE_LOCK, SECONDS, "900",
	    "TWGCB-01-012-0232 (v1.2)"),
	ASKED(RHEL9, SESSION_IDLE_LOCK, "TWGCB-01-012-0233 (v1.2)"),
	ASKED(RHEL9, SESSION_IDLE_LOCK, "TWGCB-01-012-0236 (v1.2)"),
	ASKED(RHEL9, ACCOUNT_UNIQUE, "TWGCB-01-012-0087 (v1.2)"),
	ASKED(RHEL9, ACCOUNT_UNIQUE, "TWGCB-01-012-0089 (v1.2)"),
	ASKED(RHEL9, ACCOUNT_UNIQUE, "TWGCB-01-012-0078 (v1.2)"),
	ASKED(RHEL9, REMOTE_ROOT_LOGIN, "TWGCB-01-012-0269 (v1.2)"),
	ASKED(RHEL9, LOG_CLOCK, "TWGCB-01-012-0093 (v1.2)"),

	SET(UBUNTU, PASSWORD_MIN_LENGTH, MIN, "12", "TWGCB-01-014-0173 (v1.2)"),
	SET(UBUNTU, PASSWORD_MIN_CLASSES, MIN, "4", "TWGCB-01-014-0174 (v1.2)"),
	ASKED(UBUNTU, PASSWORD_MIN_CLASSES, "TWGCB-01-014-0175 (v1.2)"),
	ASKED(UBUNTU, PASSWORD_MIN_CLASSES, "TWGCB-01-014-0176 (v1.2)"),
	ASKED(UBUNTU, PASSWORD_MIN_CLASSES, "TWGCB-01-014-0177 (v1.2)"),
	SET(UBUNTU, PASSWORD_HISTORY, OLDER, "2", "TWGCB-01-014-0180 (v1.2)"),
	SET(UBUNTU, PASSWORD_MAX_AGE, DAYS, "90", "TWGCB-01-014-0184 (v1.2)"),
	SET(UBUNTU, PASSWORD_MAX_AGE, MONTHS, NULL, "TWGCB-01-014-0184 (v1.2)"),
	SET(UBUNTU, PASSWORD_MIN_AGE, DAYS, "1", "TWGCB-01-014-0183 (v1.2)"),
	SET(UBUNTU, PASSWORD_EXPIRY_WARNING, DAYS, "14",
	    "TWGCB-01-014-0185 (v1.2)"),
	SET(UBUNTU, PASSWORD_HASH, ALLOW, "gost-yescrypt yescrypt",
	    "TWGCB-01-014-0181 (v1.2)"),
	SET(UBUNTU, LOGIN_LOCKOUT, ATTEMPTS, "5", "TWGCB-01-014-0178 (v1.2)"),
	SET(UBUNTU, LOGIN_LOCKOUT, SECONDS, "900", "TWGCB-01-014-0178 (v1.2)"),
	ASKED(UBUNTU, LOGIN_LOCKOUT, "TWGCB-01-014-0179 (v1.2)"),
	SET(UBUNTU, SESSION_IDLE_LOCK, SECONDS, "900",
	    "TWGCB-01-014-0190 (v1.2)"),
	ASKED(UBUNTU, ACCOUNT_UNIQUE, "TWGCB-01-014-0074 (v1.2)"),
	ASKED(UBUNTU, ACCOUNT_UNIQUE, "TWGCB-01-014-0076 (v1.2)"),
	ASKED(UBUNTU, ACCOUNT_UNIQUE, "TWGCB-01-014-0064 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0194 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0195 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0196 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0197 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0198 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0199 (v1.2)"),
	ASKED(UBUNTU, LOG_CLOCK, "TWGCB-01-014-0200 (v1.2)"),
};

/* every NULL: "regularly", or whenever somebody asks. */
static const struct {
	int plan;
	const char *name;
	const char *every;
	const char *before;
	const char *clause;
} duties[] = {
	{ SOC, "incident_report", "at-once", NULL, "肆.一.(十六)" },
	{ SOC, "policy_review", "year", NULL, "肆.一.(十八)" },
	{ SOC, "awareness", "year", NULL, "肆.四.(一)" },
	{ SOC, "resources_review", "year", NULL, "陸.二.(四)" },
	{ SOC, "asset_inventory", "year", NULL, "柒.一.(一)" },
	{ SOC, "system_classification", "year", NULL, "柒.一.(二)" },
	{ SOC, "risk_assessment", "year", NULL, "捌.一.(一)" },
	{ SOC, "impact_analysis", "year", NULL, "捌.二.(一)" },
	{ SOC, "recovery_drill", "year", NULL, "捌.二.(二)" },
	{ SOC, "health_check", "2-years", NULL, "玖.二.(一)" },
	{ SOC, "vulnerability_scan", "2-years", NULL, "玖.二.(三)1" },
	{ SOC, "penetration_test", "2-years", NULL, "玖.二.(三)2" },
	{ SOC, "vendor_audit", "year", NULL, "壹拾貳.二.(六)" },
	{ SOC, "specialist_training", "year", NULL, "壹拾參.一.(一)" },
	{ SOC, "staff_training", "year", NULL, "壹拾參.一.(二)" },
	{ SOC, "training_plan", "year", NULL, "壹拾參.二.(一)" },
	{ SOC, "internal_audit", "year", NULL, "壹拾伍.二.(一)" },
	{ SOC, "management_review", "year", "11-01", "壹拾伍.三.(一)" },
	{ SOC, "implementation_report", NULL, NULL, "壹拾陸" },
	{ SOC, "separation_of_duties", NULL, NULL, "陸.一.(四)" },
	{ SOC, "vendor_data_return", NULL, NULL, "壹拾貳.二.(三)" },
	{ SOC, "use_supervision", NULL, NULL, "肆.一.(三)" },
	{ SOC, "network_changes", NULL, NULL, "肆.一.(四)" },
	{ SOC, "password_care", NULL, NULL, "肆.一.(七)" },
	{ SOC, "clear_desk", NULL, NULL, "肆.一.(九)" },
	{ SOC, "remote_disconnect", "at-once", NULL, "肆.一.(十一)" },
	{ SOC, "job_training", NULL, NULL, "肆.一.(十四)" },
	{ SOC, "drills", NULL, NULL, "肆.一.(十六)" },
	{ SOC, "goals_review", NULL, NULL, "肆.五" },
	{ SOC, "organisation_roster", NULL, NULL, "伍.二.(三)" },
	{ SOC, "security_staff", NULL, NULL, "陸.一.(一)" },
	{ SOC, "specialist_development", NULL, NULL, "陸.一.(二)" },
	{ SOC, "certificates", NULL, NULL, "陸.一.(三)" },
	{ SOC, "confidentiality", NULL, NULL, "陸.一.(四)" },
	{ SOC, "risk_treatment", NULL, NULL, "捌.一.(二)" },
	{ SOC, "protection_measures", NULL, NULL, "玖.二.(二)1" },
	{ SOC, "log_recheck", NULL, NULL, "玖.二.(二)2" },
	{ SOC, "vendor_oversight", NULL, NULL, "壹拾貳" },
	{ SOC, "vendor_selection", NULL, NULL, "壹拾貳.一" },
	{ SOC, "vendor_evidence", NULL, NULL, "壹拾貳.二.(一)" },
	{ SOC, "vendor_incident_notice", "at-once", NULL, "壹拾貳.二.(二)" },
	{ SOC, "vendor_performance", NULL, NULL, "壹拾貳.二.(五)" },
	{ SOC, "onboarding", NULL, NULL, "壹拾參.二.(三)" },
	{ SOC, "external_training", NULL, NULL, "壹拾參.二.(四)" },
	{ SOC, "records_kept", NULL, NULL, "壹拾伍.一" },
	{ SOC, "audit_improvement", NULL, NULL, "壹拾伍.二.(二)1" },
	{ SOC, "improvement_review", NULL, NULL, "壹拾伍.二.(二)4" },
	{ SOC, "improvement_record", NULL, NULL, "壹拾伍.二.(二)5" },
	{ SOC, "review_records", NULL, NULL, "壹拾伍.三.(二)" },
	{ SOC, "controlled_areas", NULL, NULL, "肆.一.(八)" },
	{ SOC, "portable_devices", NULL, NULL, "肆.一.(十二)" },
	{ SOC, "availability", NULL, NULL, "肆.二.(一)1" },
	{ SOC, "incident_deadlines", NULL, NULL, "肆.二.(一)2" },
	{ SOC, "drill_results", NULL, NULL, "肆.二.(一)3" },
	{ SOC, "quality_objectives", NULL, NULL, "肆.二.(二)" },
	{ SOC, "reliable_environment", NULL, NULL, "肆.二.(二)" },
	{ SOC, "annual_plan", "year", NULL, "伍.二.(三)1.(3)" },
	{ SOC, "staff_supervision", NULL, NULL, "陸.一.(五)" },
	{ SOC, "staff_review", "year", NULL, "陸.一.(六)" },
	{ SOC, "vendor_measures", NULL, NULL, "壹拾貳.二.(四)" },
	{ SOC, "audit_group", NULL, NULL, "伍.二.(三)3.(1)" },
	{ SOC, "audit_causes", NULL, NULL, "壹拾伍.二.(二)2" },
	{ SOC, "review_meeting", "year", NULL, "伍.二.(三)3.(2)" },

	{ DBAS, "system_classification", "year", NULL, "捌.一.2" },
	{ DBAS, "internal_audit", "2-years", NULL, "壹拾伍.二.(一)" },
	{ DBAS, "continuity_drill", "2-years", NULL, "參" },
	{ DBAS, "vulnerability_scan", "2-years", NULL, "參" },
	{ DBAS, "penetration_test", "2-years", NULL, "參" },
	{ DBAS, "health_check", "2-years", NULL, "參" },
	{ DBAS, "security_staff_training", "year", NULL, "參" },
	{ DBAS, "it_staff_specialist_training", "2-years", NULL, "參" },
	{ DBAS, "it_staff_general_training", "year", NULL, "參" },
	{ DBAS, "staff_training", "year", NULL, "參" },
	{ DBAS, "awareness", "year", NULL, "肆.四" },
	{ DBAS, "resources_review", "year", NULL, "陸.二.4" },
	{ DBAS, "asset_inventory", "year", NULL, "柒.一" },
	{ DBAS, "risk_assessment", "year", NULL, "捌.一.1" },
	{ DBAS, "management_review", "year", NULL, "壹拾伍.三" },
	{ DBAS, "implementation_report", "year", NULL, "壹拾陸" },
	{ DBAS, "baseline_controls", NULL, NULL, "參 資通系統分級及防護基準" },
	{ DBAS, "isms", NULL, NULL, "參 資訊安全管理系統之導入" },
	{ DBAS, "security_staff", NULL, NULL, "參 資通安全專責人員" },
	{ DBAS, "vulnerability_notification", NULL, NULL,
	    "參 資通安全弱點通報機制" },
	{ DBAS, "protection_measures", NULL, NULL, "參 資通安全防護" },
	{ DBAS, "certificates", NULL, NULL,
	    "參 資通安全專業證照及職能訓練證書" },
	{ DBAS, "objectives", NULL, NULL, "肆.二" },
	{ DBAS, "goals_review", NULL, NULL, "肆.五" },
	{ DBAS, "organisation_roster", NULL, NULL, "伍" },
	{ DBAS, "vendor_oversight", NULL, NULL, "壹拾貳" },
	{ DBAS, "records_kept", NULL, NULL, "壹拾伍.一" },
	{ DBAS, "audit_improvement", NULL, NULL, "壹拾伍.二.(二)" },
	{ DBAS, "first_classification", NULL, NULL,
	    "參 資通系統分級及防護基準" },
	{ DBAS, "classification_review", "year", NULL,
	    "參 資通系統分級及防護基準" },
	{ DBAS, "security_staff_upkeep", NULL, NULL, "陸.一.1" },
	{ DBAS, "training_completed", "year", NULL, "壹拾參" },

	{ CIV, "internal_audit", NULL, NULL, "肆.一.(二)5" },
	{ CIV, "social_engineering_drill", "half-year", NULL, "肆.一.(二)8" },
	{ CIV, "objectives_plan", "year", NULL, "肆.一.(三)" },
	{ CIV, "policy_review", "year", NULL, "肆.三.(二)" },
	{ CIV, "training", NULL, NULL, "肆.一.(二)3" },
	{ CIV, "unauthorised_access", NULL, NULL, "肆.一.(二)4" },
	{ CIV, "availability", NULL, NULL, "肆.一.(二)6" },
	{ CIV, "incident_report", NULL, NULL, "肆.一.(二)7" },
	{ CIV, "objectives_report", NULL, NULL, "肆.一.(四)" },
	{ CIV, "policy_announcement", NULL, NULL, "肆.五" },
	{ CIV, "legal_compliance", NULL, NULL, "肆.一.(二)1" },
	{ CIV, "management_support", NULL, NULL, "肆.一.(二)2" },
	{ CIV, "policy", NULL, NULL, "肆.二.(一)" },
	{ CIV, "policy_changes_review", NULL, NULL, "肆.三.(一)" },
	{ CIV, "policy_revision", "year", NULL, "伍" },
	{ CIV, "confidentiality", NULL, NULL, "肆.四.(一)" },

	{ EPA, "indicators", "year", NULL, "壹.五.(二)" },
	{ EPA, "context_review", "year", NULL, "貳.一.(二)" },
	{ EPA, "maintenance_record", "day", NULL, "參.二.(三)2" },
	{ EPA, "security_audit", "year", NULL, "參.二.(七)5" },
	{ EPA, "leavers_audit", "year", NULL, "伍.二.(一)2" },
	{ EPA, "policy_review", "year", NULL, "肆.一.(二)" },
	{ EPA, "staff_training", "year", NULL, "肆.三.(二)3" },
	{ EPA, "it_staff_training", "year", NULL, "肆.三.(二)4" },
	{ EPA, "access_suggestions", "half-year", NULL, "肆.五.(二)5" },
	{ EPA, "duty_roster", "month", NULL, "肆.七.(一)1" },
	{ EPA, "sensitive_data_review", "year", NULL, "肆.七.(四)3" },
	{ EPA, "use_watch", "day", NULL, "肆.八.(七)6" },
	{ EPA, "machine_room_log", "day", NULL, "肆.八.(七)7" },
	{ EPA, "machine_room_report", "quarter", NULL, "肆.八.(七)7" },
	{ EPA, "system_audit", NULL, NULL, "肆.八.(九)2" },
	{ EPA, "login_report", NULL, NULL, "肆.九.(四)2" },
	{ EPA, "login_anomaly_report", "at-once", NULL, "肆.九.(四)2" },
	{ EPA, "records_clearing", "half-year", NULL, "肆.十三.(一)3" },
	{ EPA, "recovery_drill", "year", NULL, "肆.十三.(一)5" },
	{ EPA, "risk_assessment", "year", NULL, "肆.十三.(二)1" },
	{ EPA, "vulnerability_scan", NULL, NULL, "肆.十三.(二)2" },
	{ EPA, "separation_of_duties", NULL, NULL, "肆.二.(二)" },
	{ EPA, "password_delivery", NULL, NULL, "肆.五.(三)3.(2)" },
	{ EPA, "domain_membership", NULL, NULL, "肆.七.(二)1" },
	{ EPA, "alert_system", NULL, NULL, "肆.九.(四)3" },
	{ EPA, "development_hosts", NULL, NULL, "肆.十.(二)1" },
	{ EPA, "audit_confidentiality", NULL, NULL, "伍.二.(一)3" },
	{ EPA, "control_effectiveness", NULL, NULL, "壹.五.(一)" },
	{ EPA, "power_off", "day", NULL, "參.二.(一)1" },
	{ EPA, "rights_unchanged", NULL, NULL, "參.二.(一)2" },
	{ EPA, "password_care", NULL, NULL, "參.二.(一)3" },
	{ EPA, "deputy_accounts", NULL, NULL, "肆.五.(二)1" },
	{ EPA, "account_maintenance", NULL, NULL, "參.二.(二)2" },
	{ EPA, "network_record", NULL, NULL, "參.二.(二)3" },
	{ EPA, "application_administration", NULL, NULL, "參.二.(三)1" },
	{ EPA, "application_controls", NULL, NULL, "參.二.(三)2" },
	{ EPA, "vendor_access_rules", NULL, NULL, "參.二.(五)1" },
	{ EPA, "operator_record", NULL, NULL, "參.二.(六)3.(1)" },
	{ EPA, "compliance_assessment", NULL, NULL, "參.二.(七)2" },
	{ EPA, "technical_assessment", NULL, NULL, "參.二.(七)4" },
	{ EPA, "policy_announcement", NULL, NULL, "肆.一.(一)2" },
	{ EPA, "management_review", NULL, NULL, "肆.一.(三)" },
	{ EPA, "mobile_and_remote_work", NULL, NULL, "肆.二.(六)" },
	{ EPA, "confidentiality_agreement", NULL, NULL, "肆.三.(一)2" },
	{ EPA, "vendor_confidentiality", NULL, NULL, "肆.三.(一)3" },
	{ EPA, "leaver_signoff", NULL, NULL, "肆.三.(一)4" },
	{ EPA, "mover_notice", NULL, NULL, "肆.三.(一)5" },
	{ EPA, "newcomer_training", NULL, NULL, "肆.三.(二)1" },
	{ EPA, "new_system_training", NULL, NULL, "肆.三.(二)2" },
	{ EPA, "unknown_connection", "at-once", NULL, "肆.四.(一)3" },
	{ EPA, "sensitive_environment", NULL, NULL, "肆.五.(一)1" },
	{ EPA, "sensitive_sharing", NULL, NULL, "肆.五.(一)3" },
	{ EPA, "shared_exceptions", NULL, NULL, "肆.五.(二)2" },
	{ EPA, "crisis_notice", NULL, NULL, "肆.五.(三)2" },
	{ EPA, "stored_passwords", NULL, NULL, "肆.五.(三)3.(3)" },
	{ EPA, "application_access", NULL, NULL, "肆.五.(六)2" },
	{ EPA, "use_monitoring", NULL, NULL, "肆.五.(七)3" },
	{ EPA, "access_risk_assessment", NULL, NULL, "肆.五.(七)4" },
	{ EPA, "monitoring_record", NULL, NULL, "肆.五.(七)5" },
	{ EPA, "external_access", NULL, NULL, "肆.五.(八)1" },
	{ EPA, "password_change_function", NULL, NULL, "肆.八.(三)6.(3)" },
	{ EPA, "private_files", NULL, NULL, "肆.八.(七)1" },
	{ EPA, "external_exchange", NULL, NULL, "肆.八.(八)4" },
	{ EPA, "audit_approval", NULL, NULL, "肆.八.(九)1" },
	{ EPA, "audit_conditions", NULL, NULL, "肆.八.(九)3" },
	{ EPA, "audit_record", NULL, NULL, "肆.八.(九)4.(1)" },
	{ EPA, "audit_tools", NULL, NULL, "肆.八.(九)5" },
	{ EPA, "intrusion_detection", NULL, NULL, "肆.九.(一)4" },
	{ EPA, "network_admission", NULL, NULL, "肆.九.(一)7" },
	{ EPA, "file_sharing", NULL, NULL, "肆.九.(一)8" },
	{ EPA, "network_audit", NULL, NULL, "肆.九.(四)1" },
	{ EPA, "vendor_contract", NULL, NULL, "肆.十.(一)1" },
	{ EPA, "vendor_assessment", NULL, NULL, "肆.十.(一)7" },
	{ EPA, "vendor_incident", "at-once", NULL, "肆.十.(一)8" },
	{ EPA, "incident_report", NULL, NULL, "肆.十二.(二)" },
	{ EPA, "evidence", NULL, NULL, "肆.十二.(六)" },
	{ EPA, "contingency_plan", NULL, NULL, "肆.十三.(二)3" },
	{ EPA, "intrusion_notice", "at-once", NULL, "伍.一.(一)" },
	{ EPA, "intrusion_investigation", NULL, NULL, "伍.一.(二)" },
	{ EPA, "intrusion_records", NULL, NULL, "伍.一.(三)3" },
	{ EPA, "special_audit", NULL, NULL, "伍.二.(二)3" },
	{ EPA, "context_table", NULL, NULL, "貳.一.(一)" },
	{ EPA, "leaving_seat", NULL, NULL, "肆.五.(三)1" },
	{ EPA, "clear_desk", NULL, NULL, "肆.五.(三)1" },
	{ EPA, "group_password", NULL, NULL, "肆.五.(三)3.(1)" },
	{ EPA, "machine_room_supervision", NULL, NULL, "參.二.(四)1" },
	{ EPA, "machine_room_entry", NULL, NULL, "肆.七.(三)1" },
	{ EPA, "vendor_access_notice", NULL, NULL, "參.二.(五)2" },
	{ EPA, "vendor_access_contents", NULL, NULL, "參.二.(五)3" },
	{ EPA, "operator_log", NULL, NULL, "參.二.(六)3.(3)" },
	{ EPA, "equipment_assessment", NULL, NULL, "參.二.(七)3" },
	{ EPA, "audit_assessment", "year", NULL, "參.二.(七)1" },
	{ EPA, "audit_plan", "year", NULL, "伍.二.(一)1" },
	{ EPA, "policy", NULL, NULL, "肆.一.(一)1" },
	{ EPA, "role_separation", NULL, NULL, "肆.八.(一)7" },
	{ EPA, "authority_contacts", NULL, NULL, "肆.二.(三)" },
	{ EPA, "special_contacts", NULL, NULL, "肆.二.(四)" },
	{ EPA, "project_risk", NULL, NULL, "肆.二.(五)" },
	{ EPA, "sensitivity_decision", NULL, NULL, "肆.五.(一)2" },
	{ EPA, "deputy_rights", NULL, NULL, "參.二.(一)3" },
	{ EPA, "network_conduct", NULL, NULL, "肆.五.(四)" },
	{ EPA, "utility_passwords", NULL, NULL, "肆.五.(五)(2)" },
	{ EPA, "utility_separation", NULL, NULL, "肆.五.(五)(3)" },
	{ EPA, "utility_removal", NULL, NULL, "肆.五.(五)(5)" },
	{ EPA, "third_party_risk", NULL, NULL, "肆.五.(八)2" },
	{ EPA, "mail_encryption", NULL, NULL, "肆.六" },
	{ EPA, "media_custody", NULL, NULL, "肆.七.(四)1" },
	{ EPA, "system_documents", NULL, NULL, "肆.七.(四)2" },
	{ EPA, "antivirus", NULL, NULL, "肆.八.(二)1" },
	{ EPA, "registration_records", NULL, NULL, "肆.八.(三)3" },
	{ EPA, "emergency_handling", NULL, NULL, "肆.八.(六)3" },
	{ EPA, "stand_in", NULL, NULL, "肆.八.(七)4" },
	{ EPA, "official_exchange", NULL, NULL, "肆.八.(八)3" },
	{ EPA, "media_exchange", NULL, NULL, "肆.八.(八)5" },
	{ EPA, "network_staff", NULL, NULL, "肆.九.(一)2" },
	{ EPA, "firewall", NULL, NULL, "肆.九.(一)3" },
	{ EPA, "mail_scanning", NULL, NULL, "肆.九.(二)4" },
	{ EPA, "external_systems", NULL, NULL, "肆.九.(三)1" },
	{ EPA, "vendor_data", NULL, NULL, "肆.十.(一)5" },
	{ EPA, "vendor_agreement", NULL, NULL, "肆.十一.(一)" },
	{ EPA, "vendor_terms", NULL, NULL, "肆.十一.(二)" },
	{ EPA, "application_documents", NULL, NULL, "肆.十.(二)2" },
	{ EPA, "version_control", NULL, NULL, "肆.十.(二)3" },
	{ EPA, "system_update", "year", NULL, "肆.十.(三)1" },
	{ EPA, "vendor_supply_chain", NULL, NULL, "肆.十一.(三)" },
	{ EPA, "vendor_acceptance", NULL, NULL, "肆.十一.(四)" },
	{ EPA, "vendor_changes", NULL, NULL, "肆.十一.(五)" },
	{ EPA, "weakness_report", NULL, NULL, "肆.十二.(三)" },
	{ EPA, "source_backup", NULL, NULL, "肆.十三.(一)1" },
	{ EPA, "recovery", NULL, NULL, "肆.十三.(一)2" },
	{ EPA, "personal_backup", NULL, NULL, "肆.十三.(一)4" },
	{ EPA, "legal_approval", NULL, NULL, "肆.十四.(二)" },
	{ EPA, "legal_review", NULL, NULL, "肆.十四.(三)" },
	{ EPA, "legal_advice", NULL, NULL, "肆.十四.(四)" },
	{ EPA, "special_audit_contents", NULL, NULL, "伍.二.(二)2" },

	{ ZX, "awareness", "year", NULL, "肆.四.1" },
	{ ZX, "resources_review", "year", NULL, "陸.二.3" },
	{ ZX, "asset_inventory", "year", NULL, "柒.一" },
	{ ZX, "risk_assessment", "year", NULL, "捌.一.1" },
	{ ZX, "system_classification", "year", NULL, "捌.一.3" },
	{ ZX, "firewall_review", NULL, NULL, "玖.二.(一)1" },
	{ ZX, "software_inventory", "year", NULL, "玖.三.(一)2" },
	{ ZX, "remote_work_review", NULL, NULL, "玖.三.(二)2" },
	{ ZX, "messaging_records", NULL, NULL, "玖.三.(八)2.(5)" },
	{ ZX, "device_changes_review", NULL, NULL, "玖.七.2" },
	{ ZX, "staff_training", "year", NULL, "壹拾參.一" },
	{ ZX, "training_plan", "year", NULL, "壹拾參.二.1" },
	{ ZX, "internal_audit", NULL, NULL, "壹拾伍.二.(一)1" },
	{ ZX, "management_review", "year", NULL, "壹拾伍.三.1" },
	{ ZX, "implementation_report", "year", NULL, "壹拾陸" },
	{ ZX, "goals_review", NULL, NULL, "肆.五" },
	{ ZX, "organisation_roster", NULL, NULL, "伍.二.(二)" },
	{ ZX, "separation_of_duties", NULL, NULL, "陸.一.3" },
	{ ZX, "confidentiality", NULL, NULL, "陸.一.3" },
	{ ZX, "asset_register", NULL, NULL, "玖.一.(一)1" },
	{ ZX, "data_backup", NULL, NULL, "玖.三.(四)1" },
	{ ZX, "backup_check", NULL, NULL, "玖.三.(四)2" },
	{ ZX, "access_control_policy", NULL, NULL, "玖.一.(一)3" },
	{ ZX, "external_users", NULL, NULL, "玖.一.(二)4" },
	{ ZX, "acceptable_use", NULL, NULL, "玖.一.(二)5" },
	{ ZX, "firewall_log", NULL, NULL, "玖.二.(一)2" },
	{ ZX, "device_rules_review", NULL, NULL, "玖.二.(一)3" },
	{ ZX, "network_use", NULL, NULL, "玖.二.(一)4" },
	{ ZX, "shared_exceptions", NULL, NULL, "玖.二.(二)2" },
	{ ZX, "privilege_records", NULL, NULL, "玖.二.(三)1" },
	{ ZX, "encryption", NULL, NULL, "玖.二.(四)1" },
	{ ZX, "encryption_change", "at-once", NULL, "玖.二.(四)2.(2)" },
	{ ZX, "smart_card", NULL, NULL, "玖.三.(六)1" },
	{ ZX, "power_off", NULL, NULL, "玖.三.(六)5" },
	{ ZX, "incident_report", NULL, NULL, "玖.三.(六)6" },
	{ ZX, "messaging_identity", NULL, NULL, "玖.三.(八)2.(1)" },
	{ ZX, "baseline_controls", NULL, NULL, "玖.四.1" },
	{ ZX, "protection_measures", NULL, NULL, "玖.七.1" },
	{ ZX, "vendor_oversight", NULL, NULL, "壹拾貳" },
	{ ZX, "onboarding", NULL, NULL, "壹拾參.二.3" },
	{ ZX, "external_training", NULL, NULL, "壹拾參.二.4" },
	{ ZX, "records_kept", NULL, NULL, "壹拾伍.一" },
	{ ZX, "audit_improvement", NULL, NULL, "壹拾伍.二.(二)1" },
	{ ZX, "improvement_review", NULL, NULL, "壹拾伍.二.(二)4" },
	{ ZX, "improvement_record", NULL, NULL, "壹拾伍.二.(二)5" },
	{ ZX, "objectives", NULL, NULL, "肆.二" },
	{ ZX, "staff_supervision", NULL, NULL, "陸.一.4" },
	{ ZX, "staff_review", "year", NULL, "陸.一.5" },
	{ ZX, "risk_method", NULL, NULL, "捌.一.2" },
	{ ZX, "system_custody", NULL, NULL, "玖.一.(一)2" },
	{ ZX, "user_responsibility", NULL, NULL, "玖.一.(二)2" },
	{ ZX, "asset_return", NULL, NULL, "玖.一.(二)3" },
	{ ZX, "disposal_assessment", NULL, NULL, "玖.一.(三)1" },
	{ ZX, "disposal_check", NULL, NULL, "玖.一.(三)2" },
	{ ZX, "disposal_means", NULL, NULL, "玖.一.(三)3" },
	{ ZX, "wireless_protection", NULL, NULL, "玖.二.(一)5" },
	{ ZX, "decrypted_data", NULL, NULL, "玖.二.(四)2.(1)" },
	{ ZX, "backup_encryption", NULL, NULL, "玖.三.(四)3" },
	{ ZX, "antivirus", NULL, NULL, "玖.三.(一)1" },
	{ ZX, "system_updates", NULL, NULL, "玖.三.(一)4" },
	{ ZX, "clear_desk", NULL, NULL, "玖.三.(三)1" },
	{ ZX, "document_storage", NULL, NULL, "玖.三.(三)2" },
	{ ZX, "confidential_storage", NULL, NULL, "玖.三.(三)3" },
	{ ZX, "media_custody", NULL, NULL, "玖.三.(五)" },
	{ ZX, "computer_updates", NULL, NULL, "玖.三.(六)3" },
	{ ZX, "mobile_devices", NULL, NULL, "玖.三.(七)" },
	{ ZX, "messaging_encryption", NULL, NULL, "玖.三.(八)2.(2)" },
	{ ZX, "messaging_test", NULL, NULL, "玖.三.(八)2.(3)" },
	{ ZX, "messaging_location", NULL, NULL, "玖.三.(八)2.(4)" },
	{ ZX, "source_code", NULL, NULL, "玖.四.1.(4)" },
	{ ZX, "audit_causes", NULL, NULL, "壹拾伍.二.(二)2" },
	{ ZX, "review_topics", NULL, NULL, "壹拾伍.三.2" },
	{ ZX, "review_records", NULL, NULL, "壹拾伍.三.3" },

	{ B110_BASIC, "account_procedure", NULL, NULL, "存取控制 帳號管理 普" },
	{ B110_BASIC, "remote_conditions", NULL, NULL,
	    "存取控制 遠端存取 普一" },
	{ B110_BASIC, "remote_server_check", NULL, NULL,
	    "存取控制 遠端存取 普二" },
	{ B110_BASIC, "remote_watch", NULL, NULL, "存取控制 遠端存取 普三" },
	{ B110_BASIC, "log_policy", NULL, NULL,
	    "事件日誌與可歸責性 記錄事件 普一" },
	{ B110_BASIC, "log_events", NULL, NULL,
	    "事件日誌與可歸責性 記錄事件 普二" },
	{ B110_BASIC, "log_content", NULL, NULL,
	    "事件日誌與可歸責性 日誌紀錄內容 普" },
	{ B110_BASIC, "log_capacity", NULL, NULL,
	    "事件日誌與可歸責性 日誌儲存容量 普" },
	{ B110_BASIC, "log_failure", NULL, NULL,
	    "事件日誌與可歸責性 日誌處理失效之回應 普" },
	{ B110_BASIC, "log_timestamps", NULL, NULL,
	    "事件日誌與可歸責性 時戳及校時 普" },

	{ B110_MEDIUM, "remote_source", NULL, NULL, "存取控制 遠端存取 中" },
	{ B110_MEDIUM, "log_integrity", NULL, NULL,
	    "事件日誌與可歸責性 日誌資訊之保護 中" },
	{ B110_MEDIUM, "automated_login", NULL, NULL,
	    "識別與鑑別 身分驗證管理 中" },
	{ B110_MEDIUM, "reset_token", NULL, NULL,
	    "識別與鑑別 身分驗證管理 中" },

	{ B110_HIGH, "usage_terms", NULL, NULL, "存取控制 帳號管理 高" },
	{ B110_HIGH, "usage_conditions", NULL, NULL, "存取控制 帳號管理 高" },
	{ B110_HIGH, "account_watch", NULL, NULL, "存取控制 帳號管理 高" },
	{ B110_HIGH, "log_alert", NULL, NULL,
	    "事件日誌與可歸責性 日誌處理失效之回應 高" },
	{ B110_HIGH, "multi_factor", NULL, NULL,
	    "識別與鑑別 內部使用者之識別與鑑別 高" },

	{ B115_BASIC, "account_procedure", NULL, NULL, "第1項" },
	{ B115_BASIC, "remote_conditions", NULL, NULL, "第10項" },
	{ B115_BASIC, "remote_server_check", NULL, NULL, "第11項" },
	{ B115_BASIC, "remote_watch", NULL, NULL, "第12項" },
	{ B115_BASIC, "remote_source", NULL, NULL, "第14項" },
	{ B115_BASIC, "log_policy", NULL, NULL, "第15項" },
	{ B115_BASIC, "log_events", NULL, NULL, "第16項" },
	{ B115_BASIC, "log_content", NULL, NULL, "第19項" },
	{ B115_BASIC, "log_capacity", NULL, NULL, "第20項" },
	{ B115_BASIC, "log_failure", NULL, NULL, "第21項" },
	{ B115_BASIC, "log_timestamps", NULL, NULL, "第23項" },

	{ B115_MEDIUM, "usage_terms", NULL, NULL, "第5項" },
	{ B115_MEDIUM, "log_integrity", NULL, NULL, "第26項" },
	{ B115_MEDIUM, "automated_login", NULL, NULL, "第44項" },
	{ B115_MEDIUM, "reset_token", NULL, NULL, "第45項" },

	{ B115_HIGH, "usage_conditions", NULL, NULL, "第7項" },
	{ B115_HIGH, "account_watch", NULL, NULL, "第8項" },
	{ B115_HIGH, "log_alert", NULL, NULL, "第22項" },
	{ B115_HIGH, "multi_factor", NULL, NULL, "第37項" },
};

/* What the documents say 宜 (should) of, among the duties. */
static const struct {
	int plan;
	const char *name;
} should_duties[] = {
	{ EPA, "sensitive_environment" },
	{ EPA, "stored_passwords" },
	{ ZX, "acceptable_use" },
	{ ZX, "disposal_check" },
	{ ZX, "disposal_means" },
	{ ZX, "messaging_identity" },
	{ ZX, "messaging_encryption" },
	{ ZX, "messaging_test" },
	{ ZX, "messaging_location" },
	{ ZX, "messaging_records" },
};

/* What neither a program nor a record here can keep. */
static const struct {
	int plan;
	const char *name;
	const char *clause;
} outside[] = {
	{ SOC, "preamble", "壹" },
	{ SOC, "preamble", "貳" },
	{ SOC, "preamble", "參.一" },
	{ SOC, "preamble", "參.二" },
	{ SOC, "preamble", "柒.二" },
	{ SOC, "policy", "肆.一.(一)" },
	{ SOC, "policy", "肆.三" },
	{ SOC, "information", "肆.一.(五)" },
	{ SOC, "information", "肆.一.(十三)" },
	{ SOC, "software_and_mail", "肆.一.(十)" },
	{ SOC, "software_and_mail", "肆.一.(十五)" },
	{ SOC, "violations", "肆.一.(十七)" },
	{ SOC, "personnel", "壹拾肆" },
	{ SOC, "organisation", "伍.一" },
	{ SOC, "organisation", "伍.二.(一)" },
	{ SOC, "organisation", "伍.二.(二)" },
	{ SOC, "organisation", "伍.二.(三)1.(1)-(2)" },
	{ SOC, "organisation", "伍.二.(三)1.(4)-(5)" },
	{ SOC, "organisation", "伍.二.(三)2" },
	{ SOC, "budget", "陸.二.(一)" },
	{ SOC, "budget", "陸.二.(二)" },
	{ SOC, "budget", "陸.二.(三)" },
	{ SOC, "manual", "柒.一.(三)" },
	{ SOC, "manual", "捌.一.(三)" },
	{ SOC, "manual", "玖.一" },
	{ SOC, "roster", "伍.二.(四)" },
	{ SOC, "incidents", "壹拾.一" },
	{ SOC, "incidents", "壹拾.二" },
	{ SOC, "incidents", "壹拾.三" },
	{ SOC, "intelligence", "壹拾壹" },
	{ SOC, "intelligence", "壹拾壹.一" },
	{ SOC, "intelligence", "壹拾壹.二" },
	{ SOC, "training_content", "壹拾參.二.(二)" },
	{ SOC, "references", "壹拾柒" },
	{ DBAS, "preamble", "壹" },
	{ DBAS, "preamble", "貳" },
	{ DBAS, "preamble", "參 資通安全責任等級" },
	{ DBAS, "preamble", "參 核心業務及重要性" },
	{ DBAS, "preamble", "柒.二" },
	{ DBAS, "policy", "肆.一" },
	{ DBAS, "policy", "肆.三" },
	{ DBAS, "staff_and_budget", "陸.一.2" },
	{ DBAS, "staff_and_budget", "陸.二.1" },
	{ DBAS, "staff_and_budget", "陸.二.2" },
	{ DBAS, "staff_and_budget", "陸.二.3" },
	{ DBAS, "procedures", "玖" },
	{ DBAS, "incidents", "壹拾" },
	{ DBAS, "intelligence", "壹拾壹" },
	{ DBAS, "intelligence", "壹拾壹.一" },
	{ DBAS, "intelligence", "壹拾壹.二" },
	{ DBAS, "personnel", "壹拾肆" },
	{ DBAS, "references", "壹拾柒" },
	{ CIV, "preamble", "壹" },
	{ CIV, "preamble", "貳" },
	{ CIV, "preamble", "參" },
	{ CIV, "preamble", "肆.一.(一)" },
	{ CIV, "procedures", "肆.二.(二)" },
	{ CIV, "procedures", "肆.二.(三)" },
	{ CIV, "discipline", "肆.二.(五)" },
	{ CIV, "liability", "肆.四.(二)" },
	{ EPA, "general", "壹.一" },
	{ EPA, "general", "壹.二" },
	{ EPA, "general", "壹.三" },
	{ EPA, "general", "壹.四" },
	{ EPA, "organisation", "參.一" },
	{ EPA, "organisation", "肆.二.(一)" },
	{ EPA, "network_planning", "參.二.(二)1" },
	{ EPA, "machine_room", "參.二.(四)2" },
	{ EPA, "machine_room", "參.二.(四)3" },
	{ EPA, "machine_room", "參.二.(六)3.(4)" },
	{ EPA, "machine_room", "肆.四.(一)4" },
	{ EPA, "machine_room", "肆.七.(三)2" },
	{ EPA, "machine_room", "肆.七.(三)3" },
	{ EPA, "machine_room", "肆.七.(三)4" },
	{ EPA, "machine_room", "肆.七.(三)6" },
	{ EPA, "vendor_work", "參.二.(六)2.(1)" },
	{ EPA, "vendor_work", "肆.三.(二)5" },
	{ EPA, "vendor_work", "肆.十.(一)4" },
	{ EPA, "copyright", "參.二.(六)2.(2)" },
	{ EPA, "copyright", "肆.十.(一)2" },
	{ EPA, "copyright", "肆.十.(一)6" },
	{ EPA, "communication", "參.二.(八)" },
	{ EPA, "communication", "肆.一.(四)" },
	{ EPA, "personnel", "肆.三.(一)1" },
	{ EPA, "rewards", "陸.一.(一)" },
	{ EPA, "violations", "陸.一.(二)" },
	{ EPA, "references", "肆.三.(二)6" },
	{ EPA, "references", "肆.四.(一)5" },
	{ EPA, "references", "肆.五.(六)末項" },
	{ EPA, "references", "肆.七.(一)2" },
	{ EPA, "references", "肆.八.(一)8" },
	{ EPA, "references", "肆.八.(二)3" },
	{ EPA, "references", "肆.八.(三)7" },
	{ EPA, "references", "肆.八.(四)2" },
	{ EPA, "references", "肆.八.(六)4" },
	{ EPA, "references", "肆.八.(七)8" },
	{ EPA, "references", "肆.八.(七)9" },
	{ EPA, "references", "肆.八.(七)10" },
	{ EPA, "references", "肆.八.(七)11" },
	{ EPA, "references", "肆.八.(八)7" },
	{ EPA, "references", "肆.九.(一)9" },
	{ EPA, "references", "肆.十.(二)4" },
	{ EPA, "references", "肆.十.(三)3" },
	{ EPA, "references", "肆.十三.(二)4" },
	{ EPA, "references", "伍.二.(一)5" },
	{ EPA, "assets", "肆.四.(一)1" },
	{ EPA, "assets", "肆.四.(一)2" },
	{ EPA, "assets", "肆.四.(二)" },
	{ EPA, "mail", "肆.九.(二)1" },
	{ EPA, "mail", "肆.九.(二)2" },
	{ EPA, "mail", "肆.九.(二)3" },
	{ EPA, "mail", "肆.九.(二)5" },
	{ EPA, "mail", "肆.九.(二)6" },
	{ EPA, "mail", "肆.九.(二)7" },
	{ EPA, "operations", "肆.八.(一)2" },
	{ EPA, "operations", "肆.八.(一)3" },
	{ EPA, "operations", "肆.八.(一)4" },
	{ EPA, "operations", "肆.八.(一)5" },
	{ EPA, "operations", "肆.八.(七)5" },
	{ EPA, "software", "肆.八.(二)2" },
	{ EPA, "privacy", "肆.八.(四)1" },
	{ EPA, "incidents", "肆.八.(六)1" },
	{ EPA, "incidents", "肆.八.(六)2" },
	{ EPA, "incidents", "肆.十二.(一)" },
	{ EPA, "incidents", "肆.十二.(四)" },
	{ EPA, "incidents", "肆.十二.(五)" },
	{ EPA, "incidents", "伍.一.(三)2" },
	{ EPA, "prosecution", "伍.一.(三)1" },
	{ EPA, "media_statements", "肆.十三.(三)1" },
	{ EPA, "exchange", "肆.八.(八)1" },
	{ EPA, "exchange", "肆.八.(八)2" },
	{ EPA, "exchange", "肆.八.(八)6" },
	{ EPA, "network_equipment", "肆.九.(一)1" },
	{ EPA, "network_equipment", "肆.九.(一)5" },
	{ EPA, "requests", "肆.十.(三)2" },
	{ EPA, "compliance", "肆.十四.(一)" },
	{ EPA, "audit_means", "伍.二.(一)4" },
	{ EPA, "audit_means", "伍.二.(二)1" },
	{ EPA, "closing", "陸.二" },
	{ EPA, "closing", "陸.三" },
	{ EPA, "closing", "附件：組織全景確認表" },
	{ EPA, "closing", "附件：ISMS 溝通規劃表" },
	{ ZX, "preamble", "壹" },
	{ ZX, "preamble", "貳" },
	{ ZX, "preamble", "參.一" },
	{ ZX, "preamble", "參.二" },
	{ ZX, "preamble", "柒.二" },
	{ ZX, "interruption", "捌.二" },
	{ ZX, "controls", "玖" },
	{ ZX, "policy", "肆.一" },
	{ ZX, "policy", "肆.三" },
	{ ZX, "organisation", "伍.一" },
	{ ZX, "organisation", "伍.二.(一)" },
	{ ZX, "organisation", "伍.二.(二)1.(1)-(11)" },
	{ ZX, "organisation", "陸.一.1" },
	{ ZX, "staff_and_budget", "陸.一.2" },
	{ ZX, "staff_and_budget", "陸.二.1" },
	{ ZX, "staff_and_budget", "陸.二.2" },
	{ ZX, "software", "玖.三.(一)3" },
	{ ZX, "software", "玖.三.(六)2" },
	{ ZX, "premises", "玖.三.(三)4" },
	{ ZX, "premises", "玖.三.(三)5" },
	{ ZX, "premises", "玖.三.(三)6" },
	{ ZX, "premises", "玖.三.(六)7" },
	{ ZX, "messaging", "玖.三.(八)1" },
	{ ZX, "development", "玖.四.1.(1)-(3)" },
	{ ZX, "level_d", "玖.五" },
	{ ZX, "level_d", "玖.六" },
	{ ZX, "incidents", "壹拾" },
	{ ZX, "intelligence", "壹拾壹" },
	{ ZX, "intelligence", "壹拾壹.一" },
	{ ZX, "intelligence", "壹拾壹.二" },
	{ ZX, "training_content", "壹拾參.二.2" },
	{ ZX, "personnel", "壹拾肆" },
	{ ZX, "superior", "壹拾伍.二.(一)2" },
	{ B110_BASIC, "external_users", "識別與鑑別 身分驗證管理 普六" },
	{ B115_BASIC, "external_users", "第43項" },
};

/* How many clauses the document has, at the level at which they are listed. */
static const size_t clause_counts[PLAN_COUNT] = {
	[SOC] = 98,
	[DBAS] = 48,
	[CIV] = 25,
	[EPA] = 252,
	[ZX] = 119,
	[B110_BASIC] = 23,
	[B110_MEDIUM] = 8,
	[B110_HIGH] = 4,
	[B115_BASIC] = 28,
	[B115_MEDIUM] = 7,
	[B115_HIGH] = 5,
	[RHEL8] = 22,
	[RHEL9] = 23,
	[UBUNTU] = 23,
};

/* What no agency's document here holds, whatever others of its kind hold. */
static const enum ward_rule_id never[] = {
	WARD_RULE_LOGIN_LOCKOUT,
	WARD_RULE_PASSWORD_MIN_AGE,
	WARD_RULE_PASSWORD_EXPIRY_WARNING,
	WARD_RULE_PASSWORD_HASH,
	WARD_RULE_REMOTE_ROOT_LOGIN,
	WARD_RULE_LOG_RETENTION,
	WARD_RULE_DIRECTORY_PPOLICY,
};

/* Clauses that stand near, and say nothing of what is asked. */
static const struct {
	int plan;
	enum ward_rule_id rule;
	const char *clause;
} uncited[] = {
	/* Neither the length of a password nor the keeping of records. */
	{ ZX, WARD_RULE_REMOTE_TRUSTED_HOSTS, "玖.二.(二)1.(1)" },
	{ EPA, WARD_RULE_ACCOUNT_WELLFORMED, "肆.八.(三)3" },
	/* The 15 minutes, and the encryption, stand in another one. */
	{ EPA, WARD_RULE_SESSION_IDLE_LOCK, "肆.五.(三)1" },
	{ EPA, WARD_RULE_REMOTE_ENCRYPTED, "肆.九.(三)1" },
};

static struct ward_plan *plans[PLAN_COUNT];
static char *dumps[PLAN_COUNT];

static int
load(int i)
{
	struct ward_error err = { .text = "" };
	char path[128];
	size_t size;
	FILE *stream;
	int r;

	(void)snprintf(path, sizeof(path), PLAN_DIR "/%s.conf", heads[i].id);
	r = ward_plan_check(path, &plans[i], &err);
	if (r != 0) {
		print_error("%s: %d: %s\n", path, r, err.text);
		return -1;
	}
	stream = open_memstream(&dumps[i], &size);
	if (stream == NULL) {
		return -1;
	}
	r = ward_plan_dump(plans[i], stream);
	if (fclose(stream) != 0) {
		return -1;
	}
	return r;
}

static int
setup(void **state)
{
	(void)state;
	for (int i = 0; i < PLAN_COUNT; i++) {
		if (load(i) != 0) {
			return -1;
		}
	}
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	for (int i = 0; i < PLAN_COUNT; i++) {
		ward_plan_free(plans[i]);
		free(dumps[i]);
	}
	return 0;
}

/* The value as text, a number too, in `text`; NULL when there is none. */
static const char *
value_of(const struct ward_plan *plan, enum ward_setting_id setting,
    enum ward_class class, char text[16])
{
	uint32_t number;

	if (ward_settings[setting].type != WARD_NUMBER) {
		return ward_plan_text(plan, setting, class);
	}
	if (!ward_plan_number(plan, setting, class, &number)) {
		return NULL;
	}
	(void)snprintf(text, 16, "%lu", (unsigned long)number);
	return text;
}

static void
check_value(const struct expected *e)
{
	const char *value;
	char text[16];

	if (e->setting == NO_SETTING) {
		return;
	}
	value = value_of(plans[e->plan], e->setting, e->class, text);
	if (e->value == NULL) {
		if (value != NULL) {
			fail_msg("%s %s %s: no value wanted, got %s",
			    heads[e->plan].id, ward_rules[e->rule].id,
			    ward_settings[e->setting].key, value);
		}
		return;
	}
	if (value == NULL || strcmp(value, e->value) != 0) {
		fail_msg("%s %s %s: wanted %s, got %s", heads[e->plan].id,
		    ward_rules[e->rule].id, ward_settings[e->setting].key,
		    e->value, value == NULL ? "none" : value);
	}
	assert_false(ward_plan_is_agency(plans[e->plan], e->setting, e->class));
}

static void
test_plans__each_names_its_document(void **state)
{
	(void)state;
	for (int i = 0; i < PLAN_COUNT; i++) {
		assert_string_equal(ward_plan_id(plans[i]), heads[i].id);
		assert_string_equal(ward_plan_title(plans[i]), heads[i].title);
		assert_string_equal(ward_plan_agency(plans[i]),
		    heads[i].agency);
		assert_int_equal(ward_plan_kind(plans[i]), heads[i].kind);
		if (heads[i].extends == NULL) {
			assert_null(ward_plan_extends(plans[i]));
		} else {
			assert_string_equal(ward_plan_extends(plans[i]),
			    heads[i].extends);
		}
	}
}

/* With whatever strength: a reference asks for all with its own. */
static bool
asks(int plan, enum ward_rule_id rule, enum ward_class class)
{
	return ward_binding_enables(ward_plan_binding(plans[plan],
					ward_plan_strength(plans[plan], rule,
					    class)),
	    rule, class);
}

static void
test_plans__clause_by_clause(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(asked); i++) {
		const struct expected *e = &asked[i];
		const char *clauses;

		if (!asks(e->plan, e->rule, e->class)) {
			fail_msg("%s does not ask for %s", heads[e->plan].id,
			    ward_rules[e->rule].id);
		}
		clauses = ward_plan_clauses(plans[e->plan], e->rule, e->class);
		if (clauses == NULL || strstr(clauses, e->clause) == NULL) {
			fail_msg("%s %s: wanted clause %s, got %s",
			    heads[e->plan].id, ward_rules[e->rule].id,
			    e->clause, clauses == NULL ? "none" : clauses);
		}
		check_value(e);
	}
}

static void
test_plans__nothing_is_cited_for_what_it_does_not_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(uncited); i++) {
		const char *clauses = ward_plan_clauses(plans[uncited[i].plan],
		    uncited[i].rule, ANY);

		if (clauses != NULL &&
		    strstr(clauses, uncited[i].clause) != NULL) {
			fail_msg("%s: %s is cited for %s",
			    heads[uncited[i].plan].id, uncited[i].clause,
			    ward_rules[uncited[i].rule].id);
		}
	}
}

/* Only P-ZX says 宜 (should) of a rule, and of one alone. */
static void
test_plans__strengths(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(asked); i++) {
		const struct expected *e = &asked[i];
		enum ward_strength wanted = WARD_SHALL;

		if (e->rule == WARD_RULE_PRIVILEGED_SEPARATE_ID) {
			wanted = WARD_SHOULD;
		}
		if (heads[e->plan].kind == WARD_KIND_REFERENCE) {
			wanted = WARD_REFERENCE;
		}
		assert_int_equal(ward_plan_strength(plans[e->plan], e->rule,
				     e->class),
		    wanted);
	}
}

static bool
is_asked(int plan, enum ward_rule_id rule)
{
	for (size_t i = 0; i < LENGTH(asked); i++) {
		if (asked[i].plan == plan && asked[i].rule == rule) {
			return true;
		}
	}
	return false;
}

/* These hold in every plan, and cite nothing where the document is silent. */
static bool
is_built_in(enum ward_rule_id rule)
{
	return rule == WARD_RULE_ACCOUNT_WELLFORMED ||
	    rule == WARD_RULE_CLASS_PRIVILEGED || rule == WARD_RULE_OBLIGATION;
}

static void
test_plans__nothing_else_is_asked(void **state)
{
	(void)state;
	for (int i = 0; i < PLAN_COUNT; i++) {
		for (unsigned int rule = 0; rule < WARD_RULE_COUNT; rule++) {
			for (unsigned int c = 0; c < WARD_CLASS_COUNT; c++) {
				if (is_asked(i, rule) || is_built_in(rule)) {
					continue;
				}
				if (asks(i, rule, c)) {
					fail_msg("%s asks for %s of class %s",
					    heads[i].id, ward_rules[rule].id,
					    ward_class_name(c));
				}
			}
		}
	}
}

static void
test_plans__what_no_document_holds(void **state)
{
	(void)state;
	for (int i = 0; i < SEED_COUNT; i++) {
		for (size_t n = 0; n < LENGTH(never); n++) {
			assert_false(
			    ward_plan_enables(plans[i], never[n], ANY));
		}
	}
}

/* K-CIV and T-DBAS set no rule on passwords, log-ins or accounts at all. */
static void
test_plans__two_have_a_calendar_only(void **state)
{
	static const char *const areas[] = { "password.", "login.", "session.",
		"account.", "privileged.", "remote.", "log." };
	static const int silent[] = { CIV, DBAS };

	(void)state;
	for (size_t i = 0; i < LENGTH(silent); i++) {
		for (size_t a = 0; a < LENGTH(areas); a++) {
			char section[32];

			(void)snprintf(section, sizeof(section), "\n[%s",
			    areas[a]);
			if (strcmp(areas[a], "account.") == 0) {
				continue; /* wellformed may be dumped */
			}
			assert_null(strstr(dumps[silent[i]], section));
		}
		assert_null(ward_plan_clauses(plans[silent[i]],
		    WARD_RULE_ACCOUNT_WELLFORMED, ANY));
	}
}

static void
test_plans__wellformed_holds_everywhere(void **state)
{
	(void)state;
	for (int i = 0; i < PLAN_COUNT; i++) {
		assert_true(asks(i, WARD_RULE_ACCOUNT_WELLFORMED, ANY));
	}
}

/* Does the section of `text` that begins at its header have this line? */
static bool
section_has(const char *section, const char *key, const char *value, bool whole)
{
	const char *end = strstr(section + 1, "\n[");
	char line[256];
	const char *found;

	(void)snprintf(line, sizeof(line), "\n%s = %s%s", key, value,
	    whole ? "\n" : "");
	found = strstr(section, line);
	return found != NULL && (end == NULL || found < end);
}

static bool
duty_matches(size_t i, const char *section)
{
	const char *end = strstr(section + 1, "\n[");
	const char *clause = strstr(section, duties[i].clause);

	if (clause == NULL || (end != NULL && clause > end)) {
		return false;
	}
	if (section_has(section, "every", "", false) !=
		(duties[i].every != NULL) ||
	    section_has(section, "before", "", false) !=
		(duties[i].before != NULL)) {
		return false;
	}
	if (duties[i].every != NULL &&
	    !section_has(section, "every", duties[i].every, true)) {
		return false;
	}
	return duties[i].before == NULL ||
	    section_has(section, "before", duties[i].before, true);
}

static void
test_plans__duty_by_duty(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(duties); i++) {
		char header[64];
		const char *section;

		(void)snprintf(header, sizeof(header), "\n[obligation.%s]\n",
		    duties[i].name);
		section = strstr(dumps[duties[i].plan], header);
		if (section == NULL || !duty_matches(i, section)) {
			fail_msg("%s: %s is not as its document asks",
			    heads[duties[i].plan].id, duties[i].name);
		}
		assert_true(section_has(section, "title", "", false));
	}
}

static void
test_plans__no_other_duty(void **state)
{
	size_t wanted[PLAN_COUNT] = { 0 };

	(void)state;
	for (size_t i = 0; i < LENGTH(duties); i++) {
		wanted[duties[i].plan]++;
	}
	for (int i = 0; i < PLAN_COUNT; i++) {
		const char *at = dumps[i];
		size_t found = 0;

		while ((at = strstr(at, "\n[obligation.")) != NULL) {
			found++;
			at++;
		}
		assert_int_equal(found, wanted[i]);
	}
}

static void
test_plans__duties_that_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(duties); i++) {
		bool should = false;
		const char *section;
		char header[64];

		for (size_t n = 0; n < LENGTH(should_duties); n++) {
			should = should ||
			    (should_duties[n].plan == duties[i].plan &&
				strcmp(should_duties[n].name, duties[i].name) ==
				    0);
		}
		(void)snprintf(header, sizeof(header), "\n[obligation.%s]\n",
		    duties[i].name);
		section = strstr(dumps[duties[i].plan], header);
		if (section == NULL ||
		    section_has(section, "strength", "should", true) !=
			should) {
			fail_msg("%s: %s is not of the strength that its "
				 "document gives it",
			    heads[duties[i].plan].id, duties[i].name);
		}
	}
}

/* Finds one answer, and counts those of its kind. */
struct search {
	const char *clause, *section;
	bool found;
	size_t outside;
};

static int
search_row(void *arg, const struct ward_coverage *coverage)
{
	struct search *search = arg;

	search->outside += coverage->answer == WARD_ANSWER_OUT_OF_SCOPE;
	if (coverage->section != NULL && search->section != NULL &&
	    strcmp(coverage->clause, search->clause) == 0 &&
	    strcmp(coverage->section, search->section) == 0) {
		search->found = true;
	}
	return 0;
}

static void
test_plans__outside_clause_by_clause(void **state)
{
	size_t wanted[PLAN_COUNT] = { 0 };
	struct ward_coverage_summary summary;

	(void)state;
	for (size_t i = 0; i < LENGTH(outside); i++) {
		char section[64];
		struct search search = { outside[i].clause, section, false, 0 };

		(void)snprintf(section, sizeof(section), "out_of_scope.%s",
		    outside[i].name);
		assert_int_equal(ward_plan_coverage(plans[outside[i].plan],
				     search_row, &search, &summary),
		    0);
		if (!search.found) {
			fail_msg("%s: %s is not left to %s",
			    heads[outside[i].plan].id, outside[i].clause,
			    section);
		}
		wanted[outside[i].plan]++;
	}
	for (int i = 0; i < PLAN_COUNT; i++) {
		struct search search = { NULL, NULL, false, 0 };

		assert_int_equal(ward_plan_coverage(plans[i], search_row,
				     &search, &summary),
		    0);
		assert_int_equal(search.outside, wanted[i]);
	}
}

static int
complain_of_gap(void *arg, const struct ward_coverage *coverage)
{
	if (coverage->answer == WARD_ANSWER_GAP) {
		print_error("%s: nothing answers %s\n",
		    ward_plan_id(*(struct ward_plan **)arg), coverage->clause);
	}
	return 0;
}

static void
test_plans__every_clause_is_answered(void **state)
{
	(void)state;
	for (int i = 0; i < PLAN_COUNT; i++) {
		struct ward_coverage_summary summary;

		assert_int_equal(ward_plan_coverage(plans[i], complain_of_gap,
				     &plans[i], &summary),
		    0);
		assert_true(summary.listed);
		assert_int_equal(summary.clauses, clause_counts[i]);
		assert_int_equal(summary.answers[WARD_ANSWER_GAP], 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plans__each_names_its_document),
		cmocka_unit_test(test_plans__clause_by_clause),
		cmocka_unit_test(
		    test_plans__nothing_is_cited_for_what_it_does_not_say),
		cmocka_unit_test(test_plans__strengths),
		cmocka_unit_test(test_plans__nothing_else_is_asked),
		cmocka_unit_test(test_plans__what_no_document_holds),
		cmocka_unit_test(test_plans__two_have_a_calendar_only),
		cmocka_unit_test(test_plans__wellformed_holds_everywhere),
		cmocka_unit_test(test_plans__duty_by_duty),
		cmocka_unit_test(test_plans__no_other_duty),
		cmocka_unit_test(test_plans__duties_that_should),
		cmocka_unit_test(test_plans__outside_clause_by_clause),
		cmocka_unit_test(test_plans__every_clause_is_answered),
	};

	return cmocka_run_group_tests_name("plans", tests, setup, teardown);
}
