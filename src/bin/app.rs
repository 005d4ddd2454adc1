//! Mounts the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    loopscope::ui::mount();
    #[cfg(not(target_arch = "wasm32"))]
    unreachable!("the page runs in a browser: `make run`, or `trunk serve`");
}
