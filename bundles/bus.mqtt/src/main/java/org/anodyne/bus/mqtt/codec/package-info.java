/** How messages look on the wire: CBOR with typed arrays. */
package org.anodyne.bus.mqtt.codec;
