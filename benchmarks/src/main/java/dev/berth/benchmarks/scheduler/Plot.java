package dev.berth.benchmarks.scheduler;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves as an SVG: both axes logarithmic, so that growth shows as a slope. */
final class Plot {
  private static final String[] COLOURS = {"#1f6feb", "#d29922", "#2da44e", "#cf222e"};
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 70;

  private Plot() {}

  /** One curve per entry; each has a value for every {@code x}. */
  static String svg(
      String title, String xTitle, String yTitle, List<Double> x, Map<String, List<Double>> curves) {
    double left = Math.log10(x.getFirst());
    double right = Math.log10(x.getLast());
    double low =
        Math.floor(Math.log10(curves.values().stream().flatMap(List::stream).min(Double::compare).orElseThrow()));
    double high =
        Math.ceil(Math.log10(curves.values().stream().flatMap(List::stream).max(Double::compare).orElseThrow()));
    high = Math.max(high, low + 1);
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
        WIDTH,
        HEIGHT);
    line(svg, "<rect width='100%%' height='100%%' fill='white'/>");
    line(svg, "<text x='%d' y='20' text-anchor='middle' font-size='14'>%s</text>", WIDTH / 2, title);
    line(svg, "<text x='%d' y='%d' text-anchor='middle'>%s</text>", WIDTH / 2, HEIGHT - 8, xTitle);
    line(
        svg,
        "<text x='16' y='%d' text-anchor='middle' transform='rotate(-90 16 %d)'>%s</text>",
        HEIGHT / 2,
        HEIGHT / 2,
        yTitle);
    for (double decade = low; decade <= high; decade++) {
      double y = vertical(decade, low, high);
      line(svg, "<path d='M%d %.1fH%d' stroke='#ddd'/>", MARGIN, y, WIDTH - MARGIN);
      line(
          svg,
          "<text x='%d' y='%.1f' text-anchor='end'>%s</text>",
          MARGIN - 6,
          y + 4,
          decade >= 0 ? "%,.0f".formatted(Math.pow(10, decade)) : Math.pow(10, decade));
    }
    for (double value : x) {
      line(
          svg,
          "<text x='%.1f' y='%d' text-anchor='middle'>%,.0f</text>",
          horizontal(Math.log10(value), left, right),
          HEIGHT - 30,
          value);
    }
    int number = 0;
    for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
      StringBuilder path = new StringBuilder();
      for (int i = 0; i < x.size(); i++) {
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                i == 0 ? "M" : "L",
                horizontal(Math.log10(x.get(i)), left, right),
                vertical(Math.log10(curve.getValue().get(i)), low, high)));
      }
      String colour = COLOURS[number % COLOURS.length];
      line(svg, "<path d='%s' fill='none' stroke='%s' stroke-width='2'/>", path, colour);
      line(
          svg,
          "<text x='%d' y='%d' fill='%s'>%s</text>",
          MARGIN + 8 + 150 * number,
          38,
          colour,
          curve.getKey());
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static double horizontal(double log, double left, double right) {
    return MARGIN + (log - left) / (right - left) * (WIDTH - 2 * MARGIN);
  }

  private static double vertical(double log, double low, double high) {
    return HEIGHT - 50 - (log - low) / (high - low) * (HEIGHT - 100);
  }

  private static void line(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
