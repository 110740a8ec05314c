package dev.berth.lb.adapter.proxy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The sockets that this machine has: Linux' epoll, or the JDK's elsewhere. */
record Transport(
    EventLoopGroup loops,
    Class<? extends ServerChannel> server,
    Class<? extends SocketChannel> client,
    Class<? extends DatagramChannel> datagram,
    boolean epoll) {
  static Transport start(int eventLoops) {
    DefaultThreadFactory threads = new DefaultThreadFactory("berth-lb-loop");
    return Epoll.isAvailable()
        ? new Transport(
            new EpollEventLoopGroup(eventLoops, threads),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollDatagramChannel.class,
            true)
        : new Transport(
            new NioEventLoopGroup(eventLoops, threads),
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            NioDatagramChannel.class,
            false);
  }
}
