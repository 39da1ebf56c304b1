const char *text = _("Save");
