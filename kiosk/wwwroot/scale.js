// The screens are drawn for 1080x1920 and 1920x1080; on any other screen they are scaled as a whole, so that nothing wraps anew.
(() => {
  const fit = () => {
    const upright = innerHeight >= innerWidth;
    const [width, height] = upright ? [1080, 1920] : [1920, 1080];
    const scale = Math.min(innerWidth / width, innerHeight / height);
    const root = document.documentElement;
    root.style.setProperty("--width", `${innerWidth / scale}px`);
    root.style.setProperty("--height", `${innerHeight / scale}px`);
    root.style.zoom = Math.abs(scale - 1) < .002 ? "" : scale;
  };
  fit();
  addEventListener("resize", fit);
})();
