//! Reads tauri.conf.json beside the root manifest; what the window may do stands under src-tauri.

fn main() {
    // The pages are inside the program: new pages make a new program.
    println!("cargo::rerun-if-changed=ui/dist");
    if !std::path::Path::new("ui/dist/index.html").exists() {
        println!("cargo::error=the UI is not built: cd ui && npm ci && npm run build");
        return;
    }
    let app = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(app);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
