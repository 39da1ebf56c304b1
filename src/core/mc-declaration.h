/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-blank.h"
#include "mc-procedure.h"

G_BEGIN_DECLS

/**
 * McDeclaration:
 * A declaration (tờ khai, đơn, giấy đề nghị) as data: what is asked, what is known already, and
 * what stands where on the paper (data/declarations; the words are in data/README.md). Immutable,
 * reference counted.
 *
 * What is declared is an object of texts: "key" for a blank, "key.1.column" for one in a table. In
 * a dossier each is a group of its own, "form:ID.key": two people who fill in different blanks do
 * not meet. "form:ID" is the version that it was filled in.
 */
typedef struct
{
  char *id;
  char *version;
  char *title;      /* as it is said in a list */
  char *source;     /* the law that it comes from; "[U] …" where its full text was not seen */
  GPtrArray *blank; /* McBlank */
  json_t *json;     /* as it was read: what the paper looks like */
  gint ref_count;
} McDeclaration;

/** MC_DECLARATION_GENERAL: the id of the one for whatever has none of its own. */
#define MC_DECLARATION_GENERAL "chung"

/**
 * mc_declaration_parse:
 * Every word is looked at: what is not known, or missing, or of another kind, is refused, with the
 * field's name or the number of the block; so is a field that stands nowhere on the paper, or
 * twice. Returns: (transfer full): or %NULL with #MC_ERROR_FORMAT
 */
McDeclaration *mc_declaration_parse (const json_t *json, GError **error);
McDeclaration *mc_declaration_ref (McDeclaration *declaration);
void mc_declaration_unref (McDeclaration *declaration);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDeclaration, mc_declaration_unref)

/** mc_declaration_usual: those that the program brings. Borrowed, for good. (element-type
 * McDeclaration) */
GPtrArray *mc_declaration_usual (void);
/**
 * mc_declaration_of:
 * What is filled in for the paper @part of a procedure: the procedure's own (as the province or the
 * office gave it), else the program's, else, for a paper that is declared on a form, the general
 * one.
 * Returns: (transfer full) (nullable): %NULL: that paper is none that is filled in here
 */
McDeclaration *mc_declaration_of (const McProcedure *procedure, const char *part);
/**
 * mc_declaration_all_of:
 * Likewise, of an interlinked procedure that has no form of its own: those of the procedures that
 * it is made of, in their order, and the general one for what is left.
 * Returns: (transfer full) (element-type McDeclaration): empty where that paper is none that is
 * filled in here
 */
GPtrArray *mc_declaration_all_of (const McProcedure *procedure, const char *part);
/** mc_declaration_named: the one with @id that @procedure (nullable) has, the program's or the
 * general one. Returns: (transfer full) (nullable) */
McDeclaration *mc_declaration_named (const McProcedure *procedure, const char *id);
/** mc_declaration_is_for: whether it names @part (nullable: any) of @procedure. */
gboolean
mc_declaration_is_for (const McDeclaration *declaration, const char *procedure, const char *part);

/** mc_declaration_blank: by "key" or "key.1.column". Borrowed (nullable) */
const McBlank *mc_declaration_blank (const McDeclaration *declaration, const char *name);

/** McComplaint: what is odd in one blank. */
typedef struct
{
  char *name; /* "key" or "key.1.column" */
  McBlankDoubt doubt;
} McComplaint;
void mc_complaint_free (McComplaint *complaint);
/**
 * mc_declaration_check:
 * @values: what is filled in
 * @today: ISO date
 * Returns: (transfer full) (element-type McComplaint): in the order of the paper
 */
GPtrArray *
mc_declaration_check (const McDeclaration *declaration, const json_t *values, const char *today);
/** mc_declaration_doubt: of the one blank @name. */
McBlankDoubt mc_declaration_doubt (const McDeclaration *declaration,
                                   const json_t *values,
                                   const char *name,
                                   const char *today);

/**
 * mc_declaration_fill:
 * Writes into every blank of @values that is empty what is known of it.
 * @known: texts by where they come from ("applicant.name"), see mc_declaration_known(); what else
 *   is declared in the same matter by its group ("form:khai-tu.chet_ten"): of a declaration whose
 *   "form:ID" is there nothing else stands in for what it leaves open
 * @past: (nullable): what the same person declared before, by group ("form:ct01.phone")
 * Returns: how many were filled in
 */
guint mc_declaration_fill (const McDeclaration *declaration,
                           const json_t *known,
                           const json_t *past,
                           json_t *values);
/**
 * mc_declaration_know_beside:
 * Notes that the others of @all, one paper or one matter, speak of their own people: nobody else
 * stands in their place while they are not filled in.
 * @all: (element-type McDeclaration)
 */
void mc_declaration_know_beside (json_t *known, GPtrArray *all, const McDeclaration *declaration);
/**
 * mc_declaration_follow:
 * What was taken over from the declaration @id is corrected where it was corrected there; what
 * somebody wrote otherwise stays.
 * @before: (nullable): what @id said, by key
 * @after: (nullable): what it says now
 * Returns: whether anything in @values became another
 */
gboolean mc_declaration_follow (const McDeclaration *declaration,
                                json_t *values,
                                const char *id,
                                const json_t *before,
                                const json_t *after);
/**
 * mc_declaration_known:
 * What a reception or a dossier says, by names: applicant.*, contact.*, owner.* (whose case it is),
 * relation, subject, parts (the papers handed in), procedure.
 * @said: {"applicant", "contact", "subject"}, as mc_desk_receive() takes it
 * @parts: (nullable): names of the papers that were handed in
 * Returns: (transfer full)
 */
json_t *
mc_declaration_known (const json_t *said, const McProcedure *procedure, const char *const *parts);

/**
 * mc_declaration_know_office:
 * Adds office.name, office.committee ("Ủy ban nhân dân xã …"), office.police ("Công an xã …"),
 * office.place ("xã …") and today.
 * @office: (nullable): "Trung tâm Phục vụ hành chính công xã …"
 * @today: (nullable): ISO date
 */
void mc_declaration_know_office (json_t *known, const char *office, const char *today);

/** mc_declaration_groups: @values as groups of a dossier, the version among them. Returns:
 * (transfer full): "form:…" → text */
json_t *mc_declaration_groups (const McDeclaration *declaration, const json_t *values);

G_END_DECLS
