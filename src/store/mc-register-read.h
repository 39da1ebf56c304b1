/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* The register of dossiers (Sổ theo dõi hồ sơ, Mẫu 07 of TT 03/2025/TT-VPCP, Phụ lục I): one book a
 * field of work. Kept electronically it need not be printed, but must hold all the columns. */

/** McRegisterLine: a dossier in the register. What is not known is %NULL or 0. */
typedef struct
{
  char *id;       /* of the dossier */
  gint64 ordinal; /* its number in the office's feed, which the province gives; 0: not yet */
  char *code;
  char *procedure; /* name */
  char *field;     /* of work */
  char *applicant;
  char *address;
  char *phone;
  char *office; /* that decides: name */
  gint64 received_ms;
  char *due; /* local text */
  gint64 returned_ms;
  char *pickup; /* where, or how, the result is received */
} McRegisterLine;
void mc_register_line_free (McRegisterLine *line);

/** McRegisterSpan: which part of the register. */
typedef struct
{
  const char *field; /* (nullable): of work; %NULL: all of them */
  gint64 from_ms;    /* received at or after */
  gint64 before_ms;  /* and before */
} McRegisterSpan;

/**
 * mc_store_register:
 * The lines of a span in the order of their reception, then of their codes. Reads every record of
 * it: for the worker's thread.
 * Returns: (transfer full): (element-type McRegisterLine)
 */
GPtrArray *mc_store_register (McStore *store, const McRegisterSpan *span, GError **error);

/** MC_REGISTER_OTHER: the field of a procedure that the catalogue does not have. */
#define MC_REGISTER_OTHER "Lĩnh vực khác"

/** mc_store_ordinal: the number under which the province has told the office of the dossier's
 * reception: the same at every desk of it, given once, growing, with gaps; 0 while it waits. */
gint64 mc_store_ordinal (McStore *store, const char *dossier);

/** mc_store_register_first: when the oldest dossier was received, in ms; 0: there is none. */
gint64 mc_store_register_first (McStore *store);

G_END_DECLS
