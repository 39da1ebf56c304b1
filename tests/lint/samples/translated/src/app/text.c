const char *fuzzy = _ ("Fuzzy one");
const char *missing = _ ("Missing one");
