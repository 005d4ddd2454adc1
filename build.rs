fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=pylib.txt");
    println!("cargo:rerun-if-changed=pylib");
    println!("cargo:rerun-if-env-changed=PYLIB_STORED");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        for bin in ["loopscope-engine"] {
            println!("cargo:rustc-link-arg-bin={bin}=-zstack-size=1048576");   // 1 MiB = the default; larger only moves the overflow to the JS stack (a trap)
            println!("cargo:rustc-link-arg-bin={bin}=--max-memory=536870912"); // a runaway program traps at 512 MiB instead of eating 4 GiB
        }
    }
    #[cfg(feature = "engine")]
    pylib::freeze();
}
#[cfg(feature = "engine")]
mod pylib {
    use rustpython_compiler_core::{Mode, frozen::{FrozenCodeObject, FrozenLib, FrozenModule}, marshal};
    use std::path::Path;
    /// pylib.txt: one dotted module name per line
    pub fn freeze() {
        let lib = Path::new(rustpython_pylib::LIB_PATH);
        let list = std::fs::read_to_string("pylib.txt").unwrap();
        let stored = std::env::var_os("PYLIB_STORED").is_some();
        let mut mods: Vec<(String, FrozenModule<Vec<u8>>)> = vec![];
        for name in list.lines().map(|l| l.split('#').next().unwrap().trim()).filter(|l| !l.is_empty()) {
            let rel = name.replace('.', "/");
            let over = Path::new("pylib").join(format!("{rel}.py")); // our own replacements win
            let over_pkg = Path::new("pylib").join(&rel).join("__init__.py");
            let (path, package) = if over.exists() { (over, false) } else if over_pkg.exists() { (over_pkg, true) }
                else if lib.join(&rel).join("__init__.py").exists() { (lib.join(&rel).join("__init__.py"), true) }
                else { (lib.join(format!("{rel}.py")), false) };
            let src = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            // reproducible runs: an unseeded Random must not ask the host for entropy
            let src = if name == "random" { let s2 = src.replace("super().seed(a)", "super().seed(0 if a is None else a)"); assert_ne!(src, s2); s2 } else { src };
            let opts = rustpython_compiler::CompileOpts { optimize: 2, ..Default::default() }; // 2: no docstrings, no asserts
            let code = rustpython_compiler::compile(&src, Mode::Exec, &format!("<frozen {name}>"), opts).unwrap_or_else(|e| panic!("{name}: {e}"));
            let mut raw = vec![]; marshal::serialize_code(&mut raw, &code);
            let bytes = if stored { store(&raw) } else { FrozenCodeObject::encode(&code).bytes };
            mods.push((name.to_owned(), FrozenModule { code: FrozenCodeObject { bytes }, package }));
        }
        mods.sort_by(|a, b| a.0.cmp(&b.0));
        let out = FrozenLib::encode(mods.iter().map(|(n, m)| (&**n, FrozenModule { code: FrozenCodeObject { bytes: &m.code.bytes[..] }, package: m.package })).collect::<Vec<_>>());
        std::fs::write(Path::new(&std::env::var("OUT_DIR").unwrap()).join("pylib.bin"), &out.bytes).unwrap();
        println!("cargo:warning=frozen stdlib: {} modules, {} bytes", mods.len(), out.bytes.len());
    }
    /// an LZ4 block holding literals only, so that brotli sees the plain bytes
    fn store(raw: &[u8]) -> Vec<u8> {
        let mut v = (raw.len() as u32).to_le_bytes().to_vec();
        let n = raw.len();
        if n < 15 { v.push((n as u8) << 4) } else { v.push(0xF0); let mut r = n - 15; while r >= 255 { v.push(255); r -= 255 } v.push(r as u8) }
        v.extend_from_slice(raw); v
    }
}
