package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * A stream of the engine that ends in one future: normally when it is over or was closed here,
 * exceptionally when it broke. (docker-java's own base class logs every broken stream as an error.)
 */
abstract class StreamCallback<T> implements ResultCallback<T> {
  private static final Logger LOG = Logger.getLogger(StreamCallback.class);

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile Closeable stream;

  @Override
  public void onStart(Closeable opened) {
    stream = opened;
    if (done.isDone()) {
      closeStream();
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
    closeStream();
  }

  @Override
  public void onComplete() {
    done.complete(null);
    closeStream();
  }

  @Override
  public void close() {
    done.complete(null);
    closeStream();
  }

  /** Completes when the stream has ended. */
  final CompletableFuture<Void> ended() {
    return done;
  }

  /** Waits for the end; a broken stream throws what broke it. */
  final void await() {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void closeStream() {
    Closeable open = stream;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      LOG.debug("closing a stream of the engine", e);
    }
  }
}
