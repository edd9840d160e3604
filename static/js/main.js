// Starts every behaviour. Each module listens on the document, so parts that arrive later (htmx) work as well.
import "./dialogs.js";
import "./theme.js";
import "./toasts.js";
import "./clocks.js";
import "./forms.js";
import "./rows.js";
import "./keys.js";
import "./palette.js";
import "./autosave.js";
import "./upload.js";
import "./idle.js";
import "./copy.js";
