package dev.berth.lb.adapter.proxy;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** The sockets that this machine has: Linux' epoll, or the JDK's elsewhere. */
record Transport(EventLoopGroup loops, Class<? extends DatagramChannel> datagram, boolean epoll) {
  /**
   * Starts the loops.
   *
   * @param wantEpoll whether epoll is used where its library loads
   */
  static Transport start(int eventLoops, boolean wantEpoll) {
    DefaultThreadFactory threads = new DefaultThreadFactory("berth-lb-loop");
    return wantEpoll && Epoll.isAvailable()
        ? new Transport(
            new EpollEventLoopGroup(eventLoops, threads), EpollDatagramChannel.class, true)
        : new Transport(
            new NioEventLoopGroup(eventLoops, threads), NioDatagramChannel.class, false);
  }

  /** What listens at an address. */
  ChannelFactory<ServerChannel> server(InetSocketAddress at) {
    if (!epoll) {
      return NioServerSocketChannel::new;
    }
    return isIpv4(at)
        ? () -> new EpollServerSocketChannel(InternetProtocolFamily.IPv4)
        : EpollServerSocketChannel::new;
  }

  /** What connects to an address; null where either kind may be needed. */
  ChannelFactory<SocketChannel> client(InetSocketAddress to) {
    if (!epoll) {
      return NioSocketChannel::new;
    }
    return isIpv4(to)
        ? () -> new EpollSocketChannel(InternetProtocolFamily.IPv4)
        : EpollSocketChannel::new;
  }

  /** A socket of IPv6 carries IPv4, too, by a way that is longer in the kernel. */
  private static boolean isIpv4(InetSocketAddress address) {
    return address != null && address.getAddress() instanceof Inet4Address;
  }
}
