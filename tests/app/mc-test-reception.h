/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-reception-part-row.h"
#include "mc-reception-private.h"
#include "mc-support.h"

G_BEGIN_DECLS

/* The reception in a real window, on a real desk. */

#define CARD "001205123456||Nguyễn Văn Mẫu|05032005|Nam|Thôn Ví Dụ, Xã Thử Nghiệm, Hà Nội|12082021"
#define OTHER_CARD "001305123457||Trần Thị Số|06042005|Nữ|Thôn Khác, Xã Thử Nghiệm, Hà Nội|12082021"

typedef struct
{
  McTestOffice *office;
  McContext context;
  GtkWidget *window;
  McReceptionPage *page;
  char *saved;
} McTestReception;

#define WAIT_FOR(condition)                                                                        \
  while (!(condition))                                                                             \
  g_main_context_iteration (NULL, TRUE)

/** mc_test_reception_set_up: @data: (nullable): with the interlinked procedures, too */
void mc_test_reception_set_up (McTestReception *bench, gconstpointer data);
void mc_test_reception_tear_down (McTestReception *bench, gconstpointer data);
/** mc_test_reception_enter: @login works at the desk from now on; "giup" is a helper. */
void mc_test_reception_enter (McTestReception *bench, const char *login);
/** mc_test_reception_open: @draft: (nullable) */
void mc_test_reception_open (McTestReception *bench, const char *draft);
void mc_test_reception_close (McTestReception *bench);
/** mc_test_reception_scan: a card is read. */
void mc_test_reception_scan (McTestReception *bench, const char *text);
const char *mc_test_reception_text (GtkWidget *entry);
void mc_test_reception_type (GtkWidget *entry, const char *text);
/** mc_test_reception_choose: the first procedure that @letters find. */
void mc_test_reception_choose (McTestReception *bench, const char *letters);
McReceptionPartRow *mc_test_reception_part (McTestReception *bench, guint i);
McProcedure *mc_test_reception_procedure (McReceptionPage *page, const char *code);
/** mc_test_reception_document: of a part. Returns: (transfer full) (nullable) */
json_t *mc_test_reception_document (McTestReception *bench, guint i);

G_END_DECLS
