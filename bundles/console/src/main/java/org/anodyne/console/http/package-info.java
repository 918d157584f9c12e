/** Requests and pages: one table of routes, one place where who may do what is checked. */
package org.anodyne.console.http;
