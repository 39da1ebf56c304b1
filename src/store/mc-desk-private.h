/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-declaration.h"
#include "mc-desk.h"
#include "mc-store-private.h"

G_BEGIN_DECLS

struct _McDesk
{
  McStore *store;
  McStaff *staff;
};

/** mc_desk_may: somebody is signed in and may say @verb; else #MC_ERROR_REFUSED. */
gboolean mc_desk_may (McDesk *desk, const char *verb, GError **error);
gboolean mc_desk_refuse (GError **error, const char *reason);

/* Reception, shared with that of the children of an interlinked procedure. */
/** mc_desk_take_code: the day's next code of this device, in the caller's transaction. Returns:
 * (transfer full) */
char *mc_desk_take_code (McDesk *desk, GDateTime *now, GError **error);
/** mc_desk_hold_documents: the scans of @parts (nullable), which are in the profile already, are to
 * be sent from now on. Errors: #MC_ERROR_FORMAT "document" */
gboolean mc_desk_hold_documents (McDesk *desk, json_t *parts, GError **error);
/** mc_desk_receive_body: what a reception says. Returns: (transfer full) */
json_t *mc_desk_receive_body (McDesk *desk,
                              json_t *reception,
                              const McProcedure *procedure,
                              const char *code,
                              GDateTime *now);
/** mc_desk_set_promise: what is promised by @the_case where the time begins at @now. @given:
 * (nullable): local text: the day that a person has given */
void mc_desk_set_promise (json_t *body,
                          McStore *store,
                          const McCase *the_case,
                          const char *given,
                          GDateTime *now);

/** McNewChild: a child that is about to be received with its parent. */
typedef struct
{
  char *id;
  char *procedure;
  char *office; /* id of the office that it is handed to at once, or NULL */
  json_t *body;
} McNewChild;
/** mc_desk_plan_children: gives each of them its code and its promise, and names them in @body,
 * that of the parent. Errors: #MC_ERROR_NOT_FOUND where the catalogue lacks one. Returns: (transfer
 * full) (element-type McNewChild): empty where the procedure is not interlinked */
GPtrArray *mc_desk_plan_children (McDesk *desk,
                                  json_t *reception,
                                  const McProcedure *procedure,
                                  const char *parent,
                                  json_t *body,
                                  GDateTime *now,
                                  GError **error);
/** mc_desk_promise_with_children: makes @due what would be promised of @procedure and of what it is
 * made of. */
void mc_desk_promise_with_children (McDesk *desk,
                                    const McProcedure *procedure,
                                    const McCase *the_case,
                                    GDateTime *now,
                                    char **due);
/** mc_desk_last_promise: when all is promised of a dossier and its children. Returns: (transfer
 * full) (nullable) */
char *mc_desk_last_promise (const json_t *body, GPtrArray *children);
gboolean mc_desk_receive_children (McDesk *desk, GPtrArray *children, GError **error);
/** mc_desk_refused_op: Returns: (transfer full): an op that was refused; else
 * #MC_ERROR_NOT_FOUND */
McOp *mc_desk_refused_op (McStore *store, const char *id, GError **error);
/** mc_desk_refused_with: whether a change of this kind was refused for want of @refused. */
gboolean mc_desk_refused_with (McStore *store, const McOp *refused, const char *verb);
/** mc_desk_declared_with: what was declared with a reception that was @refused, as
 * mc_desk_receive() takes it. Returns: (transfer full) */
json_t *mc_desk_declared_with (McStore *store, const McOp *refused);
/** mc_desk_resend_within: mc_desk_resend() in the caller's transaction. @body: (nullable) */
gboolean mc_desk_resend_within (McDesk *desk, const McOp *refused, json_t *body, GError **error);

/** mc_desk_declare_within: mc_desk_declare() in the caller's transaction. */
gboolean mc_desk_declare_within (McDesk *desk,
                                 const char *dossier,
                                 const McDeclaration *declaration,
                                 const json_t *changed,
                                 const json_t *bases,
                                 GError **error);
/** mc_desk_declare_received: what a reception declares: {id: {name: text}}. #MC_ERROR_FORMAT where
 * the procedure has no such declaration. */
gboolean mc_desk_declare_received (McDesk *desk,
                                   const char *dossier,
                                   const McProcedure *procedure,
                                   const json_t *declarations,
                                   GError **error);

G_END_DECLS
