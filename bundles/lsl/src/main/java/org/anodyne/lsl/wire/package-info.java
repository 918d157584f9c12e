/** The bytes of the protocol, without sockets: everything here can be fed from a byte array. */
package org.anodyne.lsl.wire;
