/** Objects of OpenGL: scopes that delete what a scene made, offscreen targets, what is laid over a picture. */
package org.anodyne.plugins.vr.gl;
