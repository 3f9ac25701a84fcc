//! What the window prints, as a PDF: through GTK's printer that is a file. Elsewhere the system's own dialog makes one.

use std::{
    cell::{Cell, RefCell},
    io,
    path::Path,
    rc::Rc,
};

use gtk::{PageSetup, PaperSize, PrintSettings, glib, prelude::ObjectExt};
use tauri::{AppHandle, Manager, Url};
use tokio::sync::oneshot;
use webkit2gtk::{PrintOperation, PrintOperationExt, WebView};
use xinmei_client::Printer;

use crate::window::LABEL;

/// GTK's catalogue, and the name there of its printer that is a file.
const GTK: &str = "gtk30";
const TO_FILE: &str = "Print to File";

/// Prints the window of this app.
pub(crate) fn printer(app: AppHandle) -> Printer {
    Box::new(move |path| {
        let (done, printed) = oneshot::channel();
        // Without a window `done` is dropped, which says so.
        if let Some(window) = app.get_webview_window(LABEL) {
            let printing = window.with_webview(move |webview| print(&webview.inner(), &path, done));
            if let Err(error) = printing {
                tracing::warn!(%error, "nothing was printed");
            }
        }
        printed
    })
}

fn print(view: &WebView, path: &Path, done: oneshot::Sender<io::Result<()>>) {
    let Ok(url) = Url::from_file_path(path) else { return };
    let settings = PrintSettings::new();
    // Printers are chosen by name, and names are in the person's language.
    settings.set_printer(&glib::dgettext(Some(GTK), TO_FILE));
    settings.set(gtk::PRINT_SETTINGS_OUTPUT_FILE_FORMAT, Some("pdf"));
    settings.set(gtk::PRINT_SETTINGS_OUTPUT_URI, Some(url.as_str()));
    let page = PageSetup::new();
    page.set_paper_size_and_default_margins(&PaperSize::new(Some("iso_a4")));

    // Printers of the network are not asked for: one that is out of reach would hold the window up.
    let back = only_files();
    let operation = PrintOperation::new(view);
    operation.set_print_settings(&settings);
    operation.set_page_setup(&page);
    let done = Rc::new(Cell::new(Some(done)));
    let failing = Rc::clone(&done);
    operation.connect_failed(move |_, error| tell(&failing, Err(io::Error::other(error.to_string()))));
    // It lives until it is finished, which it says after a failure too.
    let living = RefCell::new(Some(operation.clone()));
    operation.connect_finished(move |_| {
        back();
        tell(&done, Ok(()));
        living.take();
    });
    operation.print();
}

/// Leaves GTK its printer that is a file alone; what comes back gives it the others again.
fn only_files() -> impl Fn() {
    const BACKENDS: &str = "gtk-print-backends";
    let settings = gtk::Settings::default();
    let before = settings.as_ref().map(|settings| settings.property::<Option<String>>(BACKENDS));
    if let Some(settings) = &settings {
        settings.set_property(BACKENDS, "file");
    }
    move || {
        if let (Some(settings), Some(before)) = (&settings, &before) {
            settings.set_property(BACKENDS, before);
        }
    }
}

/// The first thing said counts.
fn tell(done: &Cell<Option<oneshot::Sender<io::Result<()>>>>, how: io::Result<()>) {
    if let Some(done) = done.take() {
        // Nobody waits any more.
        let _ = done.send(how);
    }
}
