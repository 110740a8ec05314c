package dev.berth.standalone.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The few calls of the Docker Engine API that the launcher needs. */
public final class DockerEngine {
  private static final JsonMapper JSON = new JsonMapper();

  private final DockerAddress address;

  public DockerEngine(DockerAddress address) {
    this.address = address;
  }

  /** Processors and memory of the engine's machine. */
  public record Machine(int processors, long memoryBytes) {}

  private record Answer(int status, String text) {}

  /**
   * Whether an engine answers.
   *
   * @throws IOException why it doesn't
   */
  public void ping() throws IOException {
    Answer answer = send("GET", "/_ping", null, new byte[0]);
    if (answer.status() != 200) {
      throw new IOException("answered " + answer.status() + " " + answer.text().strip());
    }
  }

  public Machine machine() {
    JsonNode info = json("GET", "/info");
    return new Machine(info.path("NCPU").asInt(), info.path("MemTotal").asLong());
  }

  public String version() {
    return json("GET", "/version").path("Version").asText();
  }

  /** Names or ids of all containers with a label, stopped ones included. */
  public List<String> containersWithLabel(String label) {
    List<String> ids = new ArrayList<>();
    json("GET", "/containers/json?all=true&filters=" + labelFilter(label))
        .forEach(container -> ids.add(container.path("Id").asText()));
    return ids;
  }

  /** Names of all volumes with a label. */
  public List<String> volumesWithLabel(String label) {
    List<String> names = new ArrayList<>();
    json("GET", "/volumes?filters=" + labelFilter(label))
        .path("Volumes")
        .forEach(volume -> names.add(volume.path("Name").asText()));
    return names;
  }

  /** Removes a container, running or not, with its anonymous volumes. */
  public void removeContainer(String id) {
    expect("DELETE", "/containers/" + id + "?force=true&v=true", null, new byte[0], 204, 404);
  }

  /** Removes a volume that nothing uses. */
  public void removeVolume(String name) {
    expect("DELETE", "/volumes/" + encode(name), null, new byte[0], 204, 404);
  }

  /** Ends a container at once, as {@code docker kill} does. */
  public void kill(String id) {
    expect("POST", "/containers/" + id + "/kill", null, new byte[0], 204);
  }

  public boolean hasImage(String reference) {
    return request("GET", "/images/" + reference + "/json", null, new byte[0]).status() == 200;
  }

  /**
   * Builds an image.
   *
   * @param context a tar archive with a Dockerfile
   */
  public void build(String tag, byte[] context) {
    Answer answer =
        expect(
            "POST",
            "/build?rm=true&forcerm=true&t=" + encode(tag),
            "application/x-tar",
            context,
            200);
    // Docker says 200 before it begins; a failure is one of the lines.
    for (String line : answer.text().split("\n")) {
      JsonNode message = parse(line);
      if (message.has("error")) {
        throw new DockerException(
            "Docker can't build " + tag + ": " + message.path("error").asText());
      }
    }
  }

  private static String labelFilter(String label) {
    return encode(
        JSON.createObjectNode().set("label", JSON.createArrayNode().add(label)).toString());
  }

  private JsonNode json(String method, String path) {
    return parse(expect(method, path, null, new byte[0], 200).text());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new DockerException("Docker's answer is not JSON: " + text, e);
    }
  }

  private Answer expect(
      String method, String path, String contentType, byte[] body, int... statuses) {
    Answer answer = request(method, path, contentType, body);
    for (int status : statuses) {
      if (answer.status() == status) {
        return answer;
      }
    }
    throw new DockerException(
        "Docker answered %d to %s %s: %s"
            .formatted(answer.status(), method, path, answer.text().strip()));
  }

  private Answer request(String method, String path, String contentType, byte[] body) {
    try {
      return send(method, path, contentType, body);
    } catch (IOException e) {
      throw new DockerException(
          "Docker Engine at %s can't be reached: %s".formatted(address.value(), e.getMessage()), e);
    }
  }

  /** HTTP 1.0, so that the answer ends with the connection and never comes in chunks. */
  private Answer send(String method, String path, String contentType, byte[] body)
      throws IOException {
    try (SocketChannel channel = address.connect();
        OutputStream out = Channels.newOutputStream(channel);
        InputStream in = Channels.newInputStream(channel)) {
      StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.0\r\nHost: docker\r\n");
      if (contentType != null) {
        head.append("Content-Type: ").append(contentType).append("\r\n");
      }
      head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
      out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      in.transferTo(all);
      return answer(all.toString(StandardCharsets.UTF_8));
    }
  }

  private static Answer answer(String text) throws IOException {
    int end = text.indexOf("\r\n\r\n");
    String[] statusLine = text.split(" ", 3);
    if (end < 0 || statusLine.length < 3 || !statusLine[1].matches("\\d{3}")) {
      throw new IOException("the answer is not HTTP");
    }
    return new Answer(Integer.parseInt(statusLine[1]), text.substring(end + 4));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
